"""Labels: how pages name the values of front matter, in English; ``ui.po`` has the rest."""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "kind": {
        "home": "Home page",
        "hub": "Overview",
        "article": "Article",
        "steps": "Step sheet",
        "sources": "Sources",
        "credits": "Credits",
        "open-data": "Open data",
        "projects": "Projects",
        "place": "Place to visit",
        "itinerary": "Itinerary",
        "event": "Event",
        "project": "Investment project",
        "zone": "Zone",
        "gate": "Gate",
        "news": "News",
        "statement": "Official statement",
        "contact": "Contact desk",
    },
    "topic": {
        "gate": "At this gate",
        "onward": "Onward travel",
        "see": "What to see",
        "eat": "Eating",
        "invest": "Investing",
        "help": "Help",
        "way": "Map of the way",
    },
    "feature": {
        "bay": "Bay",
        "island": "Island",
        "cave": "Cave",
        "beach": "Beach",
        "mountain": "Mountain",
        "pagoda": "Pagoda",
        "temple": "Temple",
        "communal-house": "Communal house",
        "museum": "Museum",
        "national-park": "National park",
        "battlefield": "Battlefield",
        "village": "Villages",
        "town": "Town",
        "world-heritage": "World Heritage",
        "cable-car": "Cable car",
        "citadel": "Citadel",
        "market": "Market",
        "waterfall": "Waterfall",
        "lake": "Lake",
    },
    "sector": {
        "industry": "Industry",
        "energy": "Energy",
        "ports_logistics": "Ports and logistics",
        "industrial_infrastructure": "Industrial infrastructure",
        "tourism": "Tourism",
        "technology": "Technology",
        "transport": "Transport",
        "urban": "Urban development",
    },
    "project_status": {
        "calling": "Calling for investment",
        "under_way": "Under way",
        "planned": "Planned",
        "done": "Completed",
    },
    "zone_kind": {
        "coastal_economic_zone": "Coastal economic zone",
        "border_economic_zone": "Border-gate economic zone",
        "industrial_park": "Industrial park",
        "industrial_cluster": "Industrial cluster",
    },
    "zone_status": {
        "operating": "In operation",
        "established": "Established",
        "planned": "Planned",
    },
    "gate_kind": {
        "international_road": "International road gate",
        "bilateral_road": "Bilateral road gate",
        "crossing": "Customs crossing",
        "seaport": "Passenger port",
        "airport": "International airport",
    },
    "users": {
        "everyone": "Travellers of all nationalities with valid papers",
        "two_countries": "Citizens of the two countries only",
        "passengers_of_ships": "Passengers of ships and bay boats",
        "passengers_of_flights": "Passengers of flights",
        "ask": "Ask the managing unit",
    },
    "gate_status": {
        "open": "In use",
        "ask": "Ask before you travel",
    },
    "event_status": {
        "confirmed": "Dates confirmed",
        "usual": "Every year",
        "unconfirmed": "Not yet confirmed",
    },
    "event_note": {
        "around": "around {date}",
        "inexact": "Held around these days.",
        "unsure": "These days have not been confirmed.",
        "source": "Source: {source}",
        "seen": "read on {date}",
        "sample": "Sample edition: not an official publication",
    },
    "lunar": {
        "day": "day {day} of lunar month {month}",
        "days": "days {day} to {end_day} of lunar month {month}",
        "months": "from day {day} of lunar month {month} to day {end_day} of lunar month "
        "{end_month}",
        "to_end": "from day {day} of lunar month {month} to the end of lunar month {end_month}",
    },
    "series": {
        "event": "Events",
        "news": "News",
        "statement": "Official statements",
        "project": "Investment projects",
        "sample": "sample edition",
    },
    "audience": {
        "investors": "For investors",
        "travellers": "For travellers",
        "press": "For journalists",
        "everyone": "For everyone",
    },
    "precision": {
        "about": "about",
        "more_than": "more than",
        "nearly": "nearly",
        "from": "from",
    },
    "finder": {
        "under": "under {number}",
        "approximate": "≈ {amount}, rate of {date}",
        "called": "Called for investment in {year}",
    },
    "open_data": {
        "title": "Investment projects",
        "description": "Investment projects in {site} that public sources name: sector, place, "
        "status, capital and land, each with its source and its date.",
        "no_offer": "Each entry repeats what the named source says. It is no offer and no promise.",
        "sample": "Sample edition: not an official publication",
    },
    "sheet": {
        "title": "Project",
        "sector": "Sector",
        "status": "Status",
        "place": "Place to visit",
        "former_place": "Former place, as the source names it",
        "capital_vnd": "Capital (VND)",
        "capital_usd": "Capital (USD)",
        "precision": "Precision of the capital",
        "area_ha": "Land (ha)",
        "as_of": "As of",
        "historic": "From an earlier list",
        "zone": "Zone",
        "note": "Note",
        "source": "Source",
        "publisher": "Publisher",
        "date": "Date of the source",
        "seen": "Date read",
        "address": "Address of the source",
        "page": "Page",
        "id": "Identifier",
        "yes": "yes",
        "about": "About this file",
        "licence": "Licence",
        "schema": "Schema of the same list as JSON",
    },
    "mode": {
        "road": "By road",
        "sea": "By boat",
        "air": "By air",
        "plan": "Planned only",
    },
    "search_group": {
        "place": "Places",
        "itinerary": "Itineraries",
        "event": "Events",
        "project": "Investment projects",
        "zone": "Zones and parks",
        "gate": "Gates",
        "news": "News",
        "statement": "Official statements",
        "contact": "Contact desks",
        "page": "Other pages",
    },
    "search": {
        "one": "1 result for “{query}”",
        "many": "{count} results for “{query}”",
        "none": "Nothing found for “{query}”",
        "near": "No page has all of these words. This comes close:",
        "more": "Show all {count}",
    },
}
"""By family and value. A family is named for what it says, not for the field that holds it."""


def label(family: str, value: str) -> str:
    """
    Return the English label of a value; the value itself when it has none.

    >>> label('sector', 'ports_logistics'), label('sector', 'fishing')
    ('Ports and logistics', 'fishing')
    """
    return LABELS.get(family, {}).get(value, value)


def all_labels() -> list[str]:
    """Return every label, for the catalogs of interface texts."""
    return [text for family in LABELS.values() for text in family.values()]
