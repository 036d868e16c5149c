"""What residents of Melintang handed in by phone in the worked example, and support for what is there already."""

from datetime import timedelta

from rembuk.proposals.models import Proposal
from rembuk.proposals.resident_values import Supporter, read_resident
from rembuk.proposals.residents import resident_of
from rembuk.proposals.services import count_support, keep_photo, propose_as_resident, show_unlooked, support_online
from rembuk.proposals.values import places_of
from rembuk.regions.models import Hamlet, Village
from rembuk.seed import chance, pictures
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import hat_of, moment
from rembuk.seed.story import TODAY

HANDED_IN = (
    (6, 1, "6-20", "Lampu di titian dekat langgar mati, anak-anak pulang mengaji lewat gelap.", "dekat langgar"),
    (2, 0, "21-50", "Air PDAM keruh sejak banjir. Kata Pak Jumri pipanya pecah, hubungi 0812 5550 1234.", "RT 02"),
    (1, 2, "6-20", "Dermaga kecil tempat perahu sekolah bersandar sudah lapuk.", "ujung titian"),
    (0, 1, "one", "Mohon bantuan kursi roda untuk ibu saya, beliau tidak bisa ke posyandu.", ""),
)
"""Days ago, hamlet, how many houses, the problem as typed, the landmark."""
PICTURED, VISITORS = 2, 7


def plant() -> int:
    """Plant the proposals and the support by the services, as people would. Returns how many proposals."""
    office = hat_of("sekdes")
    village = Village.objects.select_related("district", "regency").filter(pk=MELINTANG).first()
    if office is None or village is None:
        return 0
    places, resident = places_of(village), resident_of(village)
    picture = keep_photo(village_id=village.id, source=pictures.board_walk(), name="dermaga.jpg", actor=resident)
    for number, (days, hamlet, households, problem, place) in enumerate(HANDED_IN):
        typed = {
            "problem": problem,
            "hamlet": str(places.hamlets[hamlet % len(places.hamlets)].id),
            "location_text": place,
            "households": households,
            "proposer_name": f"{chance.WOMEN[number]} {chance.MEN[number]}",
            "proposer_contact": f"0812 0000 000{number}",
        }
        words, _problems = read_resident(typed, places)
        propose_as_resident(
            key=chance.key("usulan-warga", str(number)),
            village_id=village.id,
            words=words,
            actor=resident,
            at=moment(TODAY - timedelta(days=days), 7),
            photo_id=picture.id if number == PICTURED else None,
        )
    show_unlooked(TODAY)
    support(village)
    return len(HANDED_IN)


def support(village: Village) -> None:
    """Let a meeting and seven residents support what is shown already since nobody looked at it in time."""
    office = hat_of("sekdes")
    shown = Proposal.objects.filter(village=village, state="sent", showing="open").order_by("number").first()
    if office is None or shown is None:
        return
    hamlets = list(Hamlet.objects.filter(village=village).order_by("order", "id"))
    at = moment(TODAY, 7)
    count_support(
        key=chance.key("dukungan", str(shown.id)),
        proposal_id=shown.id,
        count=31,
        on_date=TODAY - timedelta(days=1),
        note="Pertemuan RT",
        actor=office,
        at=at,
    )
    for number in range(VISITORS):
        supporter = Supporter(chance.WOMEN[number], hamlets[number % len(hamlets)].id, 1970 + number)
        support_online(proposal_id=shown.id, supporter=supporter, device="", actor=resident_of(village), at=at)
