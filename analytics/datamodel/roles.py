"""What a table is and what a column means: two closed lists, published in `docs/schema/`."""

from __future__ import annotations

from enum import StrEnum

from vocabulary.language import Text


class TableKind(StrEnum):
    """What one row of a table is."""

    CUSTOMERS = "customers"  # a person or a company who is, was or may stay a customer
    TRANSACTIONS = "transactions"  # an order, a ticket, or a line of one; returns come as negative lines or a status
    ORDER_LINES = "order_lines"  # a line of an order whose header (date, customer) is in another table
    PAYMENTS = "payments"  # a payment of an order whose header is in another table
    RETURNS = "returns"
    CONTACTS = "contacts"  # a message sent or an exchange
    SURVEYS = "surveys"  # an answer to a survey, a review
    TICKETS = "tickets"  # a complaint or a request
    SUBSCRIPTIONS = "subscriptions"  # a contract, with its start, its end, its price
    INVOICES = "invoices"
    CAMPAIGNS = "campaigns"  # a customer in a campaign, with treatment or control
    MARKETING_SPEND = "marketing_spend"
    OPPORTUNITIES = "opportunities"
    USAGE = "usage"  # a login, an event of use, or a count of them
    LOYALTY_MOVEMENTS = "loyalty_movements"
    PRODUCTS = "products"
    STORES = "stores"
    SELLERS = "sellers"
    COMPANY_EVENTS = "company_events"  # openings, price rises, stock-outs
    PROSPECTS = "prospects"
    USERS = "users"  # a person inside an account (a contact, a user): the account is the customer
    CUSTOMER_LINKS = "customer_links"  # one id to another (order's customer to the person)
    OTHER = "other"


SALES = (TableKind.TRANSACTIONS, TableKind.INVOICES, TableKind.PAYMENTS)  # tables whose rows say what was paid


class Role(StrEnum):
    """What a column means. Nothing after the data model knows a source column's name except to show it."""

    # identifiers
    CUSTOMER_ID = "customer_id"
    ORDER_ID = "order_id"
    LINE_ID = "line_id"
    PRODUCT_ID = "product_id"
    STORE_ID = "store_id"
    SELLER_ID = "seller_id"
    ACCOUNT_ID = "account_id"
    PARENT_ACCOUNT_ID = "parent_account_id"
    HOUSEHOLD_ID = "household_id"
    CUSTOMER_LINK = "customer_link"  # an id that leads to the customer through another table (one per order, say)
    PROSPECT_ID = "prospect_id"
    SUBSCRIPTION_ID = "subscription_id"
    ROW_ID = "row_id"  # the table's own identifier (ticket, survey, review, contact): groups nothing
    # dates
    PURCHASE_DATE = "purchase_date"
    SIGNUP_DATE = "signup_date"
    START_DATE = "start_date"  # of a contract
    END_DATE = "end_date"  # of a contract: the departure
    RENEWAL_DATE = "renewal_date"
    LAST_PURCHASE_DATE = "last_purchase_date"
    FIRST_PURCHASE_DATE = "first_purchase_date"
    EVENT_DATE = "event_date"  # of a contact, a survey, a ticket, a use, a movement
    RESOLVED_DATE = "resolved_date"
    DELIVERY_DATE = "delivery_date"
    PROMISED_DATE = "promised_date"
    BIRTH_DATE = "birth_date"
    CONSENT_DATE = "consent_date"
    OTHER_DATE = "other_date"
    # money and counts
    AMOUNT = "amount"  # of the order or line, what the customer paid
    UNIT_PRICE = "unit_price"
    QUANTITY = "quantity"
    DISCOUNT = "discount"  # an amount or a rate
    PROMO_CODE = "promo_code"  # filled or true when bought on promotion
    SHIPPING = "shipping"
    VAT = "vat"
    COST = "cost"
    MARGIN = "margin"
    TOTAL_SPENT = "total_spent"  # already summed per customer
    RECURRING_AMOUNT = "recurring_amount"  # a month's bill, MRR
    CURRENCY = "currency"
    FREQUENCY = "frequency"  # purchases already counted per customer
    RECENCY = "recency"  # time since the last purchase, already counted
    TENURE = "tenure"  # age of the relation, already counted (months unless its name says days or years)
    AGE_OBSERVED = "age_observed"  # T of an RFM summary: age of the relation at the end of observation
    LAST_PURCHASE_AGE = "last_purchase_age"  # t_x of an RFM summary: age of the relation at the last purchase
    # what defines departure and state
    CHURN_LABEL = "churn_label"
    CHURN_REASON = "churn_reason"
    ACCOUNT_STATUS = "account_status"
    ORDER_STATUS = "order_status"
    TRIAL = "trial"
    PLAN = "plan"
    CONTRACT_TYPE = "contract_type"
    SEATS = "seats"
    # how and where
    ACQUISITION_CHANNEL = "acquisition_channel"
    SALE_CHANNEL = "sale_channel"
    CATEGORY = "category"
    PRODUCT = "product"
    STORE = "store"
    SELLER = "seller"
    PAYMENT_METHOD = "payment_method"
    DELIVERY_METHOD = "delivery_method"
    REGION = "region"
    CITY = "city"
    POSTCODE = "postcode"
    COUNTRY = "country"
    DISTANCE = "distance"
    # listening
    NPS = "nps"  # 0..10
    SATISFACTION = "satisfaction"  # 1..5 or another scale, a rating
    COMMENT = "comment"
    COMPLAINT = "complaint"
    RESOLVED = "resolved"
    TOPIC = "topic"  # of a ticket, a contact
    OPENED = "opened"
    CLICKED = "clicked"
    USAGE_COUNT = "usage_count"
    # rights
    CONSENT_EMAIL = "consent_email"
    CONSENT_SMS = "consent_sms"
    CONSENT_PHONE = "consent_phone"
    CONSENT_POST = "consent_post"
    # tests
    TREATMENT_GROUP = "treatment_group"
    OUTCOME_CONVERTED = "outcome_converted"
    OUTCOME_AMOUNT = "outcome_amount"
    # who
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    GENDER = "gender"
    AGE = "age"
    COMPANY_NAME = "company_name"
    SECTOR = "sector"
    COMPANY_SIZE = "company_size"
    LOYALTY_MEMBER = "loyalty_member"
    SENSITIVE = "sensitive"  # health, religion, NIR, IBAN: set aside
    # the rest
    ATTRIBUTE = "attribute"  # a category that describes the row
    FLAG = "flag"  # a yes/no that describes the row
    MEASURE = "measure"  # a number that describes the row
    FREE_TEXT = "free_text"


DESCRIBING = frozenset({Role.ATTRIBUTE, Role.FLAG, Role.MEASURE, Role.OTHER_DATE, Role.FREE_TEXT})  # what is left when no precise role fits

PERSONAL_ROLES = frozenset({
    Role.FIRST_NAME, Role.LAST_NAME, Role.FULL_NAME, Role.EMAIL, Role.PHONE, Role.ADDRESS, Role.BIRTH_DATE,
    Role.SENSITIVE, Role.COMMENT,
})  # fmt: skip

KIND_NAMES: dict[TableKind, Text] = {
    TableKind.CUSTOMERS: Text("clients", "customers"),
    TableKind.TRANSACTIONS: Text("achats", "purchases"),
    TableKind.ORDER_LINES: Text("lignes de commande", "order lines"),
    TableKind.PAYMENTS: Text("paiements", "payments"),
    TableKind.RETURNS: Text("retours", "returns"),
    TableKind.CONTACTS: Text("contacts", "contacts"),
    TableKind.SURVEYS: Text("enquêtes et avis", "surveys and reviews"),
    TableKind.TICKETS: Text("réclamations et demandes", "complaints and requests"),
    TableKind.SUBSCRIPTIONS: Text("abonnements", "subscriptions"),
    TableKind.INVOICES: Text("factures", "invoices"),
    TableKind.CAMPAIGNS: Text("campagne", "campaign"),
    TableKind.MARKETING_SPEND: Text("dépenses marketing", "marketing spend"),
    TableKind.OPPORTUNITIES: Text("opportunités", "opportunities"),
    TableKind.USAGE: Text("usage", "usage"),
    TableKind.LOYALTY_MOVEMENTS: Text("mouvements de la carte de fidélité", "loyalty-card movements"),
    TableKind.PRODUCTS: Text("produits", "products"),
    TableKind.STORES: Text("magasins", "stores"),
    TableKind.SELLERS: Text("vendeurs", "sellers"),
    TableKind.COMPANY_EVENTS: Text("événements de la maison", "company events"),
    TableKind.PROSPECTS: Text("prospects", "prospects"),
    TableKind.USERS: Text("utilisateurs et contacts des comptes", "users and contacts of the accounts"),
    TableKind.CUSTOMER_LINKS: Text("correspondance d’identifiants", "id links"),
    TableKind.OTHER: Text("autre", "other"),
}

ROLE_NAMES: dict[Role, Text] = {
    Role.CUSTOMER_ID: Text("identifiant client", "customer id"),
    Role.ORDER_ID: Text("numéro de commande", "order number"),
    Role.LINE_ID: Text("numéro de ligne", "line number"),
    Role.PRODUCT_ID: Text("référence produit", "product reference"),
    Role.STORE_ID: Text("code magasin", "store code"),
    Role.SELLER_ID: Text("code vendeur", "seller code"),
    Role.ACCOUNT_ID: Text("identifiant de compte", "account id"),
    Role.PARENT_ACCOUNT_ID: Text("compte parent", "parent account"),
    Role.HOUSEHOLD_ID: Text("identifiant du foyer", "household id"),
    Role.CUSTOMER_LINK: Text("identifiant qui mène au client", "id that leads to the customer"),
    Role.PROSPECT_ID: Text("identifiant du prospect", "prospect id"),
    Role.SUBSCRIPTION_ID: Text("numéro d’abonnement", "subscription number"),
    Role.ROW_ID: Text("numéro de la ligne", "row number"),
    Role.PURCHASE_DATE: Text("date d’achat", "purchase date"),
    Role.SIGNUP_DATE: Text("date d’inscription", "sign-up date"),
    Role.START_DATE: Text("début du contrat", "contract start"),
    Role.END_DATE: Text("fin du contrat", "contract end"),
    Role.RENEWAL_DATE: Text("date de renouvellement", "renewal date"),
    Role.LAST_PURCHASE_DATE: Text("date du dernier achat", "last purchase date"),
    Role.FIRST_PURCHASE_DATE: Text("date du premier achat", "first purchase date"),
    Role.EVENT_DATE: Text("date de l’événement", "event date"),
    Role.RESOLVED_DATE: Text("date de résolution", "resolution date"),
    Role.DELIVERY_DATE: Text("date de livraison", "delivery date"),
    Role.PROMISED_DATE: Text("date de livraison promise", "promised delivery date"),
    Role.BIRTH_DATE: Text("date de naissance", "birth date"),
    Role.CONSENT_DATE: Text("date du consentement", "consent date"),
    Role.OTHER_DATE: Text("autre date", "other date"),
    Role.AMOUNT: Text("montant", "amount"),
    Role.UNIT_PRICE: Text("prix unitaire", "unit price"),
    Role.QUANTITY: Text("quantité", "quantity"),
    Role.DISCOUNT: Text("remise", "discount"),
    Role.PROMO_CODE: Text("promotion", "promotion"),
    Role.SHIPPING: Text("frais de port", "shipping cost"),
    Role.VAT: Text("TVA", "VAT"),
    Role.COST: Text("coût", "cost"),
    Role.MARGIN: Text("marge", "margin"),
    Role.TOTAL_SPENT: Text("total dépensé", "total spent"),
    Role.RECURRING_AMOUNT: Text("montant mensuel", "monthly amount"),
    Role.CURRENCY: Text("devise", "currency"),
    Role.FREQUENCY: Text("nombre d’achats", "number of purchases"),
    Role.RECENCY: Text("temps depuis le dernier achat", "time since last purchase"),
    Role.TENURE: Text("ancienneté", "tenure"),
    Role.AGE_OBSERVED: Text("durée d’observation", "observed age"),
    Role.LAST_PURCHASE_AGE: Text("âge de la relation au dernier achat", "age of the relation at the last purchase"),
    Role.CHURN_LABEL: Text("client parti (oui/non)", "customer lost (yes/no)"),
    Role.CHURN_REASON: Text("motif de départ", "reason for leaving"),
    Role.ACCOUNT_STATUS: Text("statut du client", "customer status"),
    Role.ORDER_STATUS: Text("statut de la commande", "order status"),
    Role.TRIAL: Text("essai gratuit", "free trial"),
    Role.PLAN: Text("formule", "plan"),
    Role.CONTRACT_TYPE: Text("type de contrat", "contract type"),
    Role.SEATS: Text("nombre d’utilisateurs", "seats"),
    Role.ACQUISITION_CHANNEL: Text("canal d’acquisition", "acquisition channel"),
    Role.SALE_CHANNEL: Text("canal de vente", "sales channel"),
    Role.CATEGORY: Text("catégorie", "category"),
    Role.PRODUCT: Text("produit", "product"),
    Role.STORE: Text("magasin", "store"),
    Role.SELLER: Text("vendeur", "seller"),
    Role.PAYMENT_METHOD: Text("moyen de paiement", "payment method"),
    Role.DELIVERY_METHOD: Text("mode de livraison", "delivery method"),
    Role.REGION: Text("région", "region"),
    Role.CITY: Text("ville", "city"),
    Role.POSTCODE: Text("code postal", "postcode"),
    Role.COUNTRY: Text("pays", "country"),
    Role.DISTANCE: Text("distance", "distance"),
    Role.NPS: Text("note de recommandation", "recommendation score"),
    Role.SATISFACTION: Text("note de satisfaction", "satisfaction score"),
    Role.COMMENT: Text("commentaire", "comment"),
    Role.COMPLAINT: Text("réclamation", "complaint"),
    Role.RESOLVED: Text("résolu (oui/non)", "resolved (yes/no)"),
    Role.TOPIC: Text("sujet", "topic"),
    Role.OPENED: Text("message ouvert", "message opened"),
    Role.CLICKED: Text("message cliqué", "message clicked"),
    Role.USAGE_COUNT: Text("usage", "usage"),
    Role.CONSENT_EMAIL: Text("accord pour l’e-mail", "e-mail consent"),
    Role.CONSENT_SMS: Text("accord pour le SMS", "SMS consent"),
    Role.CONSENT_PHONE: Text("accord pour le téléphone", "phone consent"),
    Role.CONSENT_POST: Text("accord pour le courrier", "post consent"),
    Role.TREATMENT_GROUP: Text("groupe de test", "test group"),
    Role.OUTCOME_CONVERTED: Text("a acheté après la campagne", "bought after the campaign"),
    Role.OUTCOME_AMOUNT: Text("montant après la campagne", "amount after the campaign"),
    Role.FIRST_NAME: Text("prénom", "first name"),
    Role.LAST_NAME: Text("nom", "last name"),
    Role.FULL_NAME: Text("nom complet", "full name"),
    Role.EMAIL: Text("adresse e-mail", "e-mail address"),
    Role.PHONE: Text("téléphone", "phone"),
    Role.ADDRESS: Text("adresse", "address"),
    Role.GENDER: Text("genre", "gender"),
    Role.AGE: Text("âge", "age"),
    Role.COMPANY_NAME: Text("nom de l’entreprise", "company name"),
    Role.SECTOR: Text("secteur", "sector"),
    Role.COMPANY_SIZE: Text("taille de l’entreprise", "company size"),
    Role.LOYALTY_MEMBER: Text("membre du programme de fidélité", "loyalty member"),
    Role.SENSITIVE: Text("donnée sensible", "sensitive data"),
    Role.ATTRIBUTE: Text("caractéristique", "attribute"),
    Role.FLAG: Text("caractéristique oui/non", "yes/no attribute"),
    Role.MEASURE: Text("mesure", "measure"),
    Role.FREE_TEXT: Text("texte libre", "free text"),
}
