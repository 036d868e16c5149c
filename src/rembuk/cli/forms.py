"""`./rembuk forms`: the forms F01 to F38 with builder, formats, golden files, families and empty form."""

from argparse import ArgumentParser, Namespace

HELP = "mendaftar formulir F01 sampai F38; --check gagal bila ada yang belum lengkap"


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--check", action="store_true", help="keluar dengan 1 bila ada formulir yang belum lengkap")


def run(options: Namespace) -> int:
    """Print one line per form; with ``--check`` 1 when one lacks what it should have. Opens no database."""
    from rembuk.cli.django_setup import prepare
    from rembuk.config import env

    prepare(env.mode())
    # Needs the settings that `prepare` has just chosen.
    from rembuk.documents.form_check import states

    found = states()
    for one in found:
        names = ",".join(one.golden) or "-"
        words = f"BELUM: {', '.join(one.missing)}" if one.missing else "lengkap"
        formats = "/".join(one.formats) or "-"
        blank = "kosong ada" if one.blank else "kosong -"
        print(
            f"{one.entry.code}  {one.entry.title:<42} {one.entry.families:<8} {one.builder or '-':<44} {formats:<14} "
            f"{blank:<11} {names}  {words}"
        )
    lacking = [one for one in found if one.missing]
    print(f"{len(found) - len(lacking)} dari {len(found)} formulir lengkap.")
    return 1 if options.check and lacking else 0
