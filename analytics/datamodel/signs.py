"""What the silence of a customer is a silence of: purchases, or other acts of theirs, and the words for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vocabulary.language import Text


class Sign(StrEnum):
    """The customer's own act whose absence makes a silence."""

    PURCHASE = "purchase"
    VISIT = "visit"
    ATTENDANCE = "attendance"
    LOGIN = "login"
    USE = "use"
    CARD = "card"  # a movement of the loyalty card
    SEVERAL = "several"  # acts of several kinds


@dataclass(frozen=True, slots=True)
class SignWords:
    """How a sign is said.

    Args:
        last: “last visit”, without its article.
        many: “visits”.
        without: “without a visit”.
        feminine: its gender in French.
    """

    last: Text
    many: Text
    without: Text
    feminine: bool = True

    @property
    def the_last(self) -> Text:
        """“the last visit”."""
        return Text(f"{'la' if self.feminine else 'le'} {self.last.fr}", f"the {self.last.en}")

    @property
    def dated(self) -> Text:
        """What stands after “daté” (« de la dernière visite »), or after “dated at” (“the last visit”)."""
        return Text(f"{'de la' if self.feminine else 'du'} {self.last.fr}", f"the {self.last.en}")

    @property
    def own_last(self) -> Text:
        """“their last visit”, of one customer."""
        return Text(f"{'sa' if self.feminine else 'son'} {self.last.fr}", f"the {self.last.en}")


SIGN_WORDS: dict[Sign, SignWords] = {
    Sign.PURCHASE: SignWords(Text("dernier achat", "last purchase"), Text("achats", "purchases"),
                             Text("sans achat", "without a purchase"), feminine=False),
    Sign.VISIT: SignWords(Text("dernière visite", "last visit"), Text("visites", "visits"), Text("sans visite", "without a visit")),
    Sign.ATTENDANCE: SignWords(Text("dernière présence", "last attendance"), Text("présences", "attendances"),
                               Text("sans présence", "without attending")),
    Sign.LOGIN: SignWords(Text("dernière connexion", "last log-in"), Text("connexions", "log-ins"), Text("sans connexion", "without a log-in")),
    Sign.USE: SignWords(Text("dernière utilisation", "last use"), Text("utilisations", "uses"), Text("sans utilisation", "without any use")),
    Sign.CARD: SignWords(Text("dernier mouvement de carte", "last card movement"), Text("mouvements de carte", "card movements"),
                         Text("sans mouvement de carte", "without a card movement"), feminine=False),
    Sign.SEVERAL: SignWords(Text("dernier signe de vie", "last sign of life"), Text("signes de vie", "signs of life"),
                            Text("sans signe de vie", "without a sign of life"), feminine=False),
}  # fmt: skip
