"""`python -m portavoce` is the command `portavoce`."""

from portavoce.cli import main

if __name__ == "__main__":
    main(prog_name="portavoce")
