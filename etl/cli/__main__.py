"""`python -m etl.cli`, where no `kb` is installed."""

from etl.cli import main

if __name__ == "__main__":
    main()
