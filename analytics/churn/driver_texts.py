"""What the search of causes says whatever it finds: what is not proven, what is missing, why nothing is named."""

from __future__ import annotations

from analytics.statistics.driver_report import Refusal
from vocabulary.language import Text
from vocabulary.sentence import say

NOT_PROVEN = say(
    "Des données observées désignent des causes probables, elles ne les prouvent pas : seul un test avec groupe témoin le fait.",
    "Observed data point to likely causes, they do not prove them: only a test with a control group does.",
)
BY_ORDER = say(
    "Ce qui est vécu à une commande est jugé commande après commande, à rang égal et à ancienneté égale ; un même client y compte "
    "plusieurs fois, et la marge d’erreur en tient compte.",
    "What is lived at an order is judged order after order, at equal rank and equal age of the relation; a customer counts there several "
    "times, and the margin of error allows for it.",
)
BY_MONTH = say(
    "Ce qui est vécu (visite, usage, incident) est jugé mois après mois, à ancienneté égale, et à nombre d’usages égal là où ils sont connus ; "
    "un même client y compte plusieurs fois, et la marge d’erreur en tient compte.",
    "What is lived (a visit, a use, an incident) is judged month after month, at equal age of the relation, and at an equal number of uses "
    "where they are known; a customer counts there several times, and the margin of error allows for it.",
)
BY_DAY = say(
    "Ce qui vient d’être vécu est jugé jour par jour : ceux qui partent sont comparés à d’autres clients présents le même jour, à ancienneté "
    "égale, et à eux-mêmes quelques semaines plus tôt.",
    "What has just been lived is judged day by day: those who leave are compared with other customers present on the same day, at equal age "
    "of the relation, and with themselves some weeks before.",
)
WHICH_CAME_FIRST = say(
    "Le jour de la fin peut suivre celui de la décision : ce qui arrive entre les deux peut venir du départ, et non l’amener.",
    "The day of the end may follow that of the decision: what happens between the two may come of the departure, rather than bring it about.",
)
WHO_THEY_ARE = say(
    "Ceux qui rencontrent cela plus souvent partent davantage, mais ceux qui sont partis ne l’ont pas rencontré plus avant leur départ qu’auparavant : "
    "cela peut tenir à qui ils sont.",
    "Those who meet this more often leave more, but those who left did not meet it more before leaving than earlier: it may be a matter of who they are.",
)
NO_DATE = say(
    "Le fichier ne dit pas quand ces colonnes ont été remplies : l’une d’elles peut avoir changé après le départ.",
    "The file does not say when these columns were filled: one of them may have changed after the departure.",
)
STILL = say(
    "Le taux et les moments de départ restent décrits ; aucune cause n’est nommée sans preuve.",
    "The rate and the moments of departure are still described; no cause is named without evidence.",
)
DOUBT = say(
    "Un test : agir sur ce facteur pour la moitié des clients concernés, tirés au sort, et comparer.",
    "A test: act on this factor for half of the customers concerned, drawn at random, and compare.",
)
NONE_TO_TEST = say(
    "Une colonne de plus sur ce que vivent les clients (réclamations, contacts, livraisons), ou un historique plus long : une cause "
    "pourrait s’y voir.",
    "One more column on what customers live through (complaints, contacts, deliveries), or a longer history: a cause might show there.",
)
NO_EFFECT = Text(
    "aucune colonne de vos fichiers n’est liée aux départs de façon assez sûre pour être nommée",
    "no column of your files goes with departures surely enough to be named",
)
REASONS: dict[Refusal, Text] = {
    Refusal.TOO_FEW_CUSTOMERS: Text(
        "c’est trop peu de clients pour désigner une cause", "that is too few customers to name a cause"
    ),
    Refusal.TOO_FEW_EVENTS: Text(
        "c’est trop peu de départs pour désigner une cause", "that is too few departures to name a cause"
    ),
    Refusal.ONE_OUTCOME: Text(
        "tous les clients du fichier ont connu le même sort : rien à comparer",
        "every customer of the file met the same fate: nothing to compare",
    ),
    Refusal.LEAKING: Text(
        "les colonnes restantes en savent trop long sur les départs pour être honnêtes : elles ont sans doute été remplies après",
        "the remaining columns know too much about departures to be honest: they were probably filled in afterwards",
    ),
}
FEW = say("Trop peu de clients pour désigner une cause.", "Too few customers to name a cause.")
MORE = say(
    "Un historique plus long, ou davantage de clients dont on sait s’ils sont partis.",
    "A longer history, or more customers of whom we know whether they left.",
)
NO_COLUMN = say(
    "Vos fichiers disent qui est parti, mais rien de ce qui a précédé : aucune cause ne peut être cherchée.",
    "Your files say who left, but nothing of what came before: no cause can be looked for.",
)
COLUMNS_WANTED = say(
    "Des colonnes sur ce que les clients ont vécu : offre, contrat, livraisons, réclamations, contacts, satisfaction.",
    "Columns on what customers lived through: offer, contract, deliveries, complaints, contacts, satisfaction.",
)
UNLOCK = say(
    "Une colonne qui dit qui est parti (oui/non), une date de fin de contrat, ou des achats datés avec l’identifiant du client.",
    "A column saying who left (yes/no), a contract end date, or dated purchases with the customer’s id.",
)
