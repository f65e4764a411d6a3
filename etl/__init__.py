"""Reports of Chinese public bodies, read into facts."""
