"""The shop on the web: one row an order, customers known by a number alone."""

from __future__ import annotations

import pandas as pd

from tests.understanding.answers.files import Frames
from tests.understanding.answers.key import Case, Declined, between, either, first, groups, month, one, quarter, talk


def cases(frames: Frames) -> list[Case]:
    """Every case, with its answer worked out from the frames."""
    orders = frames["orders"]
    kept = orders[orders["status"] == "Completed"]
    sold = kept["total_amount"]
    per = kept.groupby("customer_id").agg(n=("order_id", "size"), spent=("total_amount", "sum"))
    y24, y23 = kept[kept["order_date"].dt.year == 2024], kept[kept["order_date"].dt.year == 2023]
    return [*_sold(orders, kept, sold, y24, y23), *_people(kept, per, y24, y23), *_talks(kept, y24, y23)]


def _sold(orders: pd.DataFrame, kept: pd.DataFrame, sold: pd.Series, y24: pd.DataFrame, y23: pd.DataFrame) -> list[Case]:
    card = kept["payment_method"] == "Card"
    return [
        one("total sales", sold.sum()),
        one("Chiffre d'affaires total", sold.sum()),
        one("average order value", sold.mean()),
        one("median order value", sold.median()),
        one("AOV by sales channel", groups(sold.groupby(kept["sales_channel"]).mean())),
        one("panier moyen par pays", groups(sold.groupby(kept["country"]).mean())),
        one("revenue by country in 2024", groups(y24.groupby("country")["total_amount"].sum())),
        one("CA par catégorie de produit", groups(sold.groupby(kept["product_category"]).sum())),
        one("What are our top 2 categories by revenue?", first(sold.groupby(kept["product_category"]).sum(), 2)),
        one("Which category sells the least?", first(sold.groupby(kept["product_category"]).sum(), 1, lowest=True)),
        one("orders by payment method", groups(kept.groupby("payment_method").size())),
        one("share of orders paid by card", card.mean()),
        one("Quelle part des commandes est payée par PayPal ?", (kept["payment_method"] == "PayPal").mean()),
        one("how many orders were placed on the mobile app?", (kept["sales_channel"] == "Mobile app").sum()),
        one("Combien de commandes en Allemagne ?", (kept["country"] == "Germany").sum()),
        one("revenue from Germany and Spain", kept[kept["country"].isin(["Germany", "Spain"])]["total_amount"].sum()),
        one("CA hors France", kept[kept["country"] != "France"]["total_amount"].sum()),
        one("sales excluding books and toys", kept[~kept["product_category"].isin(["Books", "Toys"])]["total_amount"].sum()),
        one("average quantity per order", kept["quantity"].mean()),
        one("total quantity sold by category", groups(kept.groupby("product_category")["quantity"].sum())),
        one("average rating", kept["rating"].mean()),
        one("note moyenne par catégorie", groups(kept.groupby("product_category")["rating"].mean())),
        one("how many orders with a rating below 3", (kept["rating"] < 3).sum()),
        one("orders above 300", (sold > 300).sum()),
        one("revenue per month in 2024", groups(y24.groupby(month(y24["order_date"]))["total_amount"].sum())),
        one("ventes par trimestre", groups(sold.groupby(quarter(kept["order_date"])).sum())),
        one("How much did we sell in December 2024?", between(kept, "order_date", "2024-12-01", "2024-12-31")["total_amount"].sum()),
        one("sales in the last quarter", either(
            between(kept, "order_date", "2024-10-01", "2024-12-31")["total_amount"].sum(),
            between(kept, "order_date", "2024-07-01", "2024-09-30")["total_amount"].sum())),
        one("CA de juillet à septembre 2023", between(kept, "order_date", "2023-07-01", "2023-09-30")["total_amount"].sum()),
        one("biggest order", either(sold.max())),
        one("part des commandes avec remise", (kept["discount_rate"] > 0).mean()),
        one("revenue on Mondays", kept[kept["order_date"].dt.day_of_week == 0]["total_amount"].sum()),
        one("orders placed at the weekend", (kept["order_date"].dt.day_of_week >= 5).sum()),
        one("share of revenue by country", groups(sold.groupby(kept["country"]).sum() / sold.sum())),
        one("what share of sales comes from France?", kept[kept["country"] == "France"]["total_amount"].sum() / sold.sum()),
        one("cancelled orders", (orders["status"] == "Cancelled").sum()),
        one("How many orders were cancelled?", (orders["status"] == "Cancelled").sum()),
        one("quel jour vend-on le plus", first(sold.groupby(kept["order_date"].dt.day_of_week + 1).sum(), 1)),
    ]  # fmt: skip


def _people(kept: pd.DataFrame, per: pd.DataFrame, y24: pd.DataFrame, y23: pd.DataFrame) -> list[Case]:
    """Who only ever cancelled is no customer."""
    new = kept.groupby("customer_id")["order_date"].min()
    return [
        one("number of customers", len(per)),
        one("how many customers bought more than 5 times?", (per["n"] > 5).sum()),
        one("combien de clients ont passé une seule commande", (per["n"] == 1).sum()),
        one("repeat purchase rate", (per["n"] > 1).mean()),
        one("share of customers who bought again", (per["n"] > 1).mean()),
        one("Quelle part des clients a commandé plus d'une fois ?", (per["n"] > 1).mean()),
        one("customers by country", groups(kept.groupby("country")["customer_id"].nunique())),
        one("how many customers ordered in 2024", y24["customer_id"].nunique()),
        one("Combien de nouveaux clients en 2024 ?", (new.dt.year == 2024).sum()),
        one("new customers by quarter", groups(new.groupby(quarter(new)).size())),
        one("average revenue per customer", per["spent"].mean()),
        one("customers who spent over 1000", (per["spent"] > 1000).sum()),
        one("top 3 customers", first(per["spent"], 3)),
        one("how many customers bought toys", kept[kept["product_category"] == "Toys"]["customer_id"].nunique()),
        one("combien de clients n'ont rien acheté depuis 90 jours", either(
            (kept.groupby("customer_id")["order_date"].max() < pd.Timestamp("2024-12-31") - pd.Timedelta(days=90)).sum(),
            (kept.groupby("customer_id")["order_date"].max() <= pd.Timestamp("2024-12-31") - pd.Timedelta(days=90)).sum())),
        one("How many customers bought in 2023 but not in 2024?", either(
            len(set(y23["customer_id"]) - set(y24["customer_id"])), Declined())),
        one("average number of orders per customer by country", groups(kept.groupby("country").size() / kept.groupby("country")["customer_id"].nunique())),
        one("What is the average basket of women?", Declined()),
        one("revenue by store", Declined()),
    ]  # fmt: skip


def _talks(kept: pd.DataFrame, y24: pd.DataFrame, y23: pd.DataFrame) -> list[Case]:
    web, app = kept["sales_channel"] == "Website", kept["sales_channel"] == "Mobile app"
    return [
        talk(("average order value on the website", kept[web]["total_amount"].mean()),
             ("and on the mobile app?", kept[app]["total_amount"].mean()),
             ("by country", groups(kept[app].groupby("country")["total_amount"].mean()))),
        talk(("revenue in 2023", y23["total_amount"].sum()), ("and 2024?", y24["total_amount"].sum()),
             ("by category", groups(y24.groupby("product_category")["total_amount"].sum())),
             ("How many orders do we have in all?", len(kept))),
        talk(("top 3 categories by revenue in 2024", first(y24.groupby("product_category")["total_amount"].sum(), 3)),
             ("and the bottom one?", either(first(y24.groupby("product_category")["total_amount"].sum(), 1, lowest=True), Declined()))),
        talk(("orders in France", (kept["country"] == "France").sum()), ("except books", either(
            ((kept["country"] == "France") & (kept["product_category"] != "Books")).sum()))),
    ]  # fmt: skip
