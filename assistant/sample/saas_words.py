"""Words of the sample software company."""

from __future__ import annotations

from vocabulary.language import Text

CHANNELS: tuple[Text, ...] = (
    Text("Parrainage", "Referral"),
    Text("Partenaire", "Partner"),
    Text("Salon", "Trade fair"),
    Text("Site web", "Website"),
    Text("Publicité", "Advertising"),
    Text("Comparateur", "Comparison site"),
)
SECTORS: tuple[Text, ...] = (
    Text("Industrie", "Manufacturing"),
    Text("Commerce", "Retail"),
    Text("Services", "Services"),
    Text("Santé", "Health"),
    Text("Hôtellerie", "Hospitality"),
    Text("Secteur public", "Public sector"),
)
PUBLIC = 5
PLANS: tuple[Text, ...] = (
    Text("Essentiel", "Essential"),
    Text("Équipe", "Team"),
    Text("Entreprise", "Enterprise"),
    Text("Essai", "Trial"),
)
TRIAL_PLAN = 3
TERMS: tuple[Text, ...] = (Text("Mensuel", "Monthly"), Text("Annuel", "Annual"))
COUNTRIES: tuple[Text, ...] = (Text("France", "France"), Text("Belgique", "Belgium"), Text("Suisse", "Switzerland"))
CANCEL_REASONS: tuple[Text, ...] = (
    Text("Prix", "Price"),
    Text("Produit", "Product"),
    Text("Support", "Support"),
    Text("Fin du besoin", "No more need"),
    Text("Non précisé", "Not stated"),
)
ROLES: tuple[Text, ...] = (
    Text("Référent", "Champion"),
    Text("Administrateur", "Administrator"),
    Text("Utilisateur", "User"),
)
PRIORITIES: tuple[Text, ...] = (Text("Critique", "Critical"), Text("Normale", "Normal"), Text("Basse", "Low"))
SUBJECTS: tuple[Text, ...] = (
    Text("Connexion", "Sign-in"),
    Text("Export de paie", "Payroll export"),
    Text("Affichage du planning", "Rota display"),
    Text("Application mobile", "Mobile app"),
    Text("Facturation", "Billing"),
)
CONTACT_KINDS: tuple[Text, ...] = (
    Text("Point trimestriel", "Quarterly review"),
    Text("Newsletter", "Newsletter"),
    Text("Reconquête", "Win-back"),
)
CONTACT_CHANNELS: tuple[Text, ...] = (Text("Visio", "Video call"), Text("E-mail", "E-mail"))
CAMPAIGN_GROUPS: tuple[Text, ...] = (
    Text("Témoin", "Control"),
    Text("Remise 3 mois", "3-month discount"),
    Text("Accompagnement", "Coaching"),
)
STAGES: tuple[Text, ...] = (
    Text("Ouverte", "Open"),
    Text("Gagnée", "Won"),
    Text("Perdue", "Lost"),
)
EVENTS: tuple[tuple[str, Text, Text], ...] = (
    ("2023-11-06", Text("Nouvelle application mobile", "New mobile app"), Text("", "")),
    ("2025-04-01", Text("Hausse des prix", "Price rise"), Text("Essentiel", "Essential")),
    ("2025-04-01", Text("Hausse des prix", "Price rise"), Text("Équipe", "Team")),
)
DEMO = Text("Compte de démonstration TEST", "TEST demo account")
COMPANY_STARTS: tuple[str, ...] = (
    "Alto",
    "Bélier",
    "Cantal",
    "Dorval",
    "Écluse",
    "Fanal",
    "Granit",
    "Horizon",
    "Isatis",
    "Jonquille",
    "Kiosque",
    "Lavande",
    "Mistral",
    "Nacelle",
    "Olivier",
    "Péniche",
    "Quartz",
    "Rivage",
    "Saule",
    "Tilleul",
    "Ursule",
    "Vallon",
    "Zéphyr",
)
COMPANY_ENDS: tuple[str, ...] = (
    "Atelier",
    "Conseil",
    "Distribution",
    "Énergie",
    "Formation",
    "Groupe",
    "Industrie",
    "Logistique",
    "Mobilier",
    "Négoce",
    "Services",
    "Solutions",
    "Transport",
    "Travaux",
)
PUBLIC_BODIES: tuple[str, ...] = (
    "Mairie de",
    "Syndicat mixte de",
    "Communauté de communes de",
    "Régie de",
    "Agglomération de",
)
TOWNS: tuple[str, ...] = (
    "Valbourg",
    "Sainte-Orine",
    "Montclar-le-Haut",
    "Brévaux",
    "Corsigny",
    "Lanvenec",
    "Peyrelade",
    "Rochemaure-sur-Aube",
)
SURVEY_WORDS: tuple[tuple[Text, ...], ...] = (
    (
        Text("Ticket critique resté ouvert plus d'une semaine.", "A critical ticket stayed open for over a week."),
        Text("Support trop lent quand c'est urgent.", "Support is too slow when it is urgent."),
    ),
    (
        Text("Personne ne nous a formés, on se débrouille.", "Nobody trained us, we make do."),
        Text("Prise en main difficile.", "Hard to get started."),
    ),
    (Text("La hausse de prix passe mal.", "The price rise went down badly."),),
    (Text("Fait le travail.", "Does the job."), Text("Quelques lenteurs.", "A few slow moments.")),
    (
        Text("Un vrai gain de temps pour nos plannings.", "A real time saver for our rotas."),
        Text("Équipe à l'écoute, merci.", "A team that listens, thank you."),
    ),
)
