"""`python -m onhand.app …` is `onhand …`, for those who start parts of it without a PATH."""

from onhand.app.cli import main

if __name__ == "__main__":
    main()
