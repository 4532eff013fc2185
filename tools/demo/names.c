/* names.c - the words of the demo programme; firms and people are invented, domains end in .example */
#include "demo_part.h"

#include "str.h"

#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__, NULL }

LIST(de_given, "Anna", "Jonas", "Miriam", "Lukas", "Sabine", "Felix", "Katrin", "Henning", "Yasemin", "Tobias", "Greta", "Matthias", "Leonie", "Arne");
LIST(de_family, "Brandt", "Kühn", "Petersen", "Vogt", "Şahin", "Lindner", "Schäfer", "Reimann", "Ostermann", "Thiel", "Baumgart", "Wegener", "Nowak", "Falk");
LIST(de_stems, "Kessler", "Bergmann", "Altmühl", "Hellweg", "Steinbach", "Dornier", "Ravensburg", "Oderland", "Weserstahl", "Lüders", "Jansen", "Grünwald", "Teutonia", "Schwarzbach", "Eifelquell", "Möhring");
LIST(de_sectors, "Maschinenbau", "Logistik", "Pharma", "Stadtwerke", "Versicherung", "Lebensmittel", "Kliniken", "Automotive", "Energie", "Papier");
LIST(de_forms, "GmbH", "AG", "GmbH & Co. KG", "SE");

LIST(gb_given, "Emma", "Oliver", "Priya", "Thomas", "Charlotte", "Daniel", "Aisha", "Rhys", "Fiona", "George", "Hannah", "Callum", "Imogen", "Samuel");
LIST(gb_family, "Whitfield", "Okafor", "Hughes", "Ramsay", "Patel", "Ellison", "Barnes", "MacLeod", "Doyle", "Cartwright", "Nash", "Pemberton", "Lowe", "Sutton");
LIST(gb_stems, "Ravenscroft", "Thornbury", "Kingsley", "Westmere", "Dunmore", "Halewood", "Oakhampton", "Stonebridge", "Penrith", "Fairholme", "Aldgate", "Calder", "Meridian", "Northgate");
LIST(gb_sectors, "Foods", "Insurance", "Logistics", "Housing", "Engineering", "Health", "Water", "Retail", "Aerospace", "Publishing");
LIST(gb_forms, "Ltd", "PLC", "Group Ltd", "LLP");

LIST(fr_given, "Camille", "Julien", "Élodie", "Antoine", "Nathalie", "Mehdi", "Claire", "Baptiste", "Sophie", "Rémi", "Manon", "Guillaume");
LIST(fr_family, "Lefèvre", "Moreau", "Benali", "Garnier", "Chevalier", "Rousseau", "Marchand", "Delorme", "Perrin", "Blanchard", "Fournier", "Gauthier");
LIST(fr_stems, "Valmont", "Beaurivage", "Clairefontaine", "Montfort", "Aubrac", "Saint-Cyr", "Vercors", "Belledonne", "Roquefeuil", "Dauphin", "Lacoste", "Brocéliande");
LIST(fr_sectors, "Industries", "Assurances", "Transports", "Santé", "Énergie", "Agroalimentaire", "Chimie", "Distribution", "Aéronautique");
LIST(fr_forms, "SAS", "SA", "SARL");

LIST(us_given, "Jessica", "Michael", "Latoya", "Andrew", "Emily", "Carlos", "Megan", "David", "Grace", "Tyler", "Olivia", "Marcus", "Rachel", "Kevin");
LIST(us_family, "Sullivan", "Ramirez", "Johnson", "Nguyen", "Carter", "Bennett", "Kowalski", "Brooks", "Foster", "Hayes", "Whitaker", "Chen", "Morales", "Reed");
LIST(us_stems, "Cascade", "Summit Ridge", "Bluewater", "Liberty", "Prairie", "Ironwood", "Copper Creek", "Evergreen", "Lakeshore", "Pioneer", "Silverton", "Granite Bay", "Magnolia", "Redwood");
LIST(us_sectors, "Health", "Financial", "Freight", "Foods", "Energy", "University", "Manufacturing", "Credit Union", "Retail", "Biotech");
LIST(us_forms, "Inc.", "LLC", "Corporation");

LIST(nl_given, "Sanne", "Daan", "Femke", "Bram", "Lotte", "Jeroen", "Noor", "Ruben", "Iris", "Thijs");
LIST(nl_family, "de Vries", "Bakker", "Visser", "van Dijk", "Mulder", "Hendriks", "Dekker", "El Amrani", "Postma", "Kuipers");
LIST(nl_stems, "Oosterpark", "Zuiderzee", "Waterland", "Veluwe", "Kennemer", "Batavia", "Noordkaap", "Delta");
LIST(nl_sectors, "Logistiek", "Verzekeringen", "Zorg", "Bloemen", "Energie", "Havens", "Zuivel");
LIST(nl_forms, "B.V.", "N.V.");

LIST(es_given, "Lucía", "Javier", "Marta", "Alejandro", "Carmen", "Sergio", "Nuria", "Pablo", "Elena", "Iker");
LIST(es_family, "García", "Navarro", "Ibáñez", "Molina", "Serrano", "Etxeberria", "Castillo", "Vidal", "Romero", "Prieto");
LIST(es_stems, "Montesol", "Guadalquivir", "Tramontana", "Almadén", "Cantábrico", "Sierra Nevada", "Levante", "Duero");
LIST(es_sectors, "Alimentación", "Seguros", "Logística", "Energía", "Hospitales", "Textil", "Cerámicas");
LIST(es_forms, "S.A.", "S.L.");

LIST(in_given, "Ananya", "Rohan", "Meera", "Arjun", "Kavya", "Vikram", "Divya", "Sanjay", "Isha", "Nikhil");
LIST(in_family, "Iyer", "Deshpande", "Nair", "Reddy", "Banerjee", "Kulkarni", "Menon", "Chatterjee", "Rao", "Bhatt");
LIST(in_stems, "Godavari", "Vindhya", "Ashoka", "Malabar", "Nilgiri", "Deccan", "Kaveri", "Aravalli");
LIST(in_sectors, "Textiles", "Pharma", "Motors", "Steel", "Logistics", "Hospitals", "Foods", "Finance");
LIST(in_forms, "Pvt. Ltd.", "Ltd.");

LIST(br_given, "Beatriz", "Rafael", "Juliana", "Thiago", "Camila", "Gustavo", "Fernanda", "Leandro", "Aline", "Mateus");
LIST(br_family, "Almeida", "Ferreira", "Teixeira", "Barbosa", "Carvalho", "Nogueira", "Moraes", "Pinheiro", "Rezende", "Farias");
LIST(br_stems, "Araucária", "Ipanema", "Pantanal", "Mantiqueira", "Guarani", "Jequitibá", "Itapuã", "Cerrado");
LIST(br_sectors, "Alimentos", "Seguros", "Energia", "Papel", "Saúde", "Transportes", "Varejo");
LIST(br_forms, "S.A.", "Ltda.");

#define COUNTRY(code, language, zone, currency, rate, p) \
	{ code, language, zone, currency, rate, p##_given, p##_family, p##_stems, p##_sectors, p##_forms }
const struct demo_country demo_countries[] = {
	COUNTRY("DE", "de", "Europe/Berlin", "EUR", 100, de),
	COUNTRY("GB", "en", "Europe/London", "GBP", 86, gb),
	COUNTRY("FR", "fr", "Europe/Paris", "EUR", 100, fr),
	COUNTRY("US", "en", "America/Chicago", "USD", 110, us),
	COUNTRY("NL", "en", "Europe/Amsterdam", "EUR", 100, nl),
	COUNTRY("ES", "es", "Europe/Madrid", "EUR", 100, es),
	COUNTRY("IN", "en", "Asia/Kolkata", "INR", 9200, in),
	COUNTRY("BR", "pt", "America/Sao_Paulo", "BRL", 600, br),
	{ .code = NULL }
};

const struct demo_country *demo_country(const char *code)
{
	for (const struct demo_country *c = demo_countries; c->code; c++)
		if (str_eq(c->code, code))
			return c;
	return demo_countries;
}

/* manager: index among the channel managers. The first two firms have the accounts shown. */
const struct demo_firm demo_firms[DEMO_FIRMS] = {
	{ "Nordlicht Systemhaus", "nordlicht-systemhaus.example", "DE", "Hamburg", "reseller,msp", "platinum", 0, 2017 },
	{ "Marlowe & Finch", "marlowe-finch.example", "GB", "London", "reseller,integrator", "gold", 1, 2018 },
	{ "Isarwerk IT", "isarwerk.example", "DE", "München", "msp", "gold", 0, 2019 },
	{ "Rheinkontor Sicherheit", "rheinkontor.example", "DE", "Köln", "integrator", "silver", 0, 2020 },
	{ "Kettwig & Sohn Datentechnik", "kettwig-sohn.example", "DE", "Essen", "reseller", "silver", 0, 2016 },
	{ "Spreebogen Cloud", "spreebogen.example", "DE", "Berlin", "msp", "registered", 0, 2023 },
	{ "Albtal Consulting", "albtal-consulting.example", "DE", "Karlsruhe", "referral", "registered", 0, 2024 },
	{ "Hansewall Networks", "hansewall.example", "DE", "Bremen", "reseller", "silver", 0, 2021 },
	{ "Lindgrün Managed Services", "lindgruen.example", "DE", "Leipzig", "msp", "silver", 0, 2022 },
	{ "Frankenfels Distribution", "frankenfels.example", "DE", "Nürnberg", "distributor", "platinum", 0, 2015 },
	{ "Tidewater Networks", "tidewater-networks.example", "GB", "Bristol", "reseller", "silver", 1, 2019 },
	{ "Pennine Managed IT", "pennine-it.example", "GB", "Leeds", "msp", "gold", 1, 2018 },
	{ "Castlegate Integrators", "castlegate.example", "GB", "Edinburgh", "integrator", "silver", 1, 2020 },
	{ "Ashdown Cyber", "ashdown-cyber.example", "GB", "Brighton", "reseller", "registered", 1, 2023 },
	{ "Severnside Technology", "severnside.example", "GB", "Cardiff", "reseller", "registered", 1, 2022 },
	{ "Harrow Lane Consulting", "harrow-lane.example", "GB", "Manchester", "referral", "registered", 1, 2024 },
	{ "Atelier Réseau", "atelier-reseau.example", "FR", "Lyon", "reseller,integrator", "gold", 2, 2018 },
	{ "Lumière Cyber", "lumiere-cyber.example", "FR", "Paris", "msp", "gold", 2, 2019 },
	{ "Garonne Informatique", "garonne-info.example", "FR", "Toulouse", "reseller", "silver", 2, 2021 },
	{ "Armor Sécurité", "armor-securite.example", "FR", "Rennes", "reseller", "silver", 2, 2022 },
	{ "Mistral Infogérance", "mistral-infogerance.example", "FR", "Marseille", "msp", "registered", 2, 2023 },
	{ "Vauban Intégration", "vauban-integration.example", "FR", "Lille", "integrator", "silver", 2, 2020 },
	{ "Blue Mesa Technology", "bluemesa.example", "US", "Denver", "reseller", "gold", 3, 2017 },
	{ "Harborline Solutions", "harborline.example", "US", "Boston", "integrator", "platinum", 3, 2016 },
	{ "Cedar & Pine IT", "cedar-pine.example", "US", "Portland", "msp", "silver", 3, 2021 },
	{ "Lone Oak Security", "loneoak-security.example", "US", "Austin", "reseller,msp", "gold", 3, 2019 },
	{ "Great Lakes Managed", "greatlakes-managed.example", "US", "Chicago", "msp", "silver", 3, 2020 },
	{ "Palmetto Systems", "palmetto-systems.example", "US", "Charleston", "reseller", "registered", 3, 2023 },
	{ "Redstone Integration", "redstone-integration.example", "US", "Phoenix", "integrator", "silver", 3, 2022 },
	{ "Polderwacht ICT", "polderwacht.example", "NL", "Utrecht", "msp", "silver", 2, 2020 },
	{ "Maasbrug Security", "maasbrug.example", "NL", "Rotterdam", "reseller", "gold", 2, 2018 },
	{ "Veldhuis Cloud", "veldhuis-cloud.example", "NL", "Eindhoven", "isv", "registered", 2, 2024 },
	{ "Alcázar Sistemas", "alcazar-sistemas.example", "ES", "Sevilla", "reseller", "silver", 2, 2021 },
	{ "Faro Norte Tecnología", "faronorte.example", "ES", "Bilbao", "integrator", "gold", 2, 2019 },
	{ "Ribera Integradores", "ribera-integradores.example", "ES", "Valencia", "integrator", "registered", 2, 2023 },
	{ "Sahyadri Infotech", "sahyadri-infotech.example", "IN", "Pune", "integrator,msp", "gold", 1, 2019 },
	{ "Coromandel Networks", "coromandel-networks.example", "IN", "Chennai", "reseller", "silver", 1, 2021 },
	{ "Indus Lantern Services", "induslantern.example", "IN", "Bengaluru", "msp", "silver", 1, 2022 },
	{ "Serra Azul Segurança", "serra-azul.example", "BR", "São Paulo", "reseller", "gold", 3, 2020 },
	{ "Pampa Digital", "pampa-digital.example", "BR", "Porto Alegre", "msp", "registered", 3, 2023 },
};

const struct demo_staff demo_staff[DEMO_STAFF] = {
	{ "Katharina Wolff", "katharina.wolff@halvard.example", "channel_manager" },
	{ "James Adeyemi", "james.adeyemi@halvard.example", "channel_manager" },
	{ "Isabelle Fontaine", "isabelle.fontaine@halvard.example", "channel_manager" },
	{ "Diego Herrera", "diego.herrera@halvard.example", "channel_manager" },
	{ "Mareike Scholz", "mareike.scholz@halvard.example", "deal_desk" },
	{ "Peter Lindqvist", "peter.lindqvist@halvard.example", "deal_desk" },
	{ "Ingrid Halvorsen", "ingrid.halvorsen@halvard.example", "administrator" },
	{ "Nils Ekberg", "nils.ekberg@halvard.example", "auditor" },
	{ "Ruth Goldstein", "ruth.goldstein@halvard.example", "legal" },
	{ "Tomasz Zielinski", "tomasz.zielinski@halvard.example", "sales_engineer" },
};

const struct demo_pair demo_families[] = {
	{ "firewall", "Firewall", NULL }, { "waf", "WAF", NULL }, { "sase", "SASE", NULL }, { "siem", "SIEM", NULL },
	{ "edr", "EDR", NULL }, { "iam", "IAM", NULL }, { "dlp", "DLP", NULL },
	{ "email-security", "Email Security", NULL }, { "backup", "Backup", NULL }, { "xdr", "XDR", NULL },
	{ .code = NULL }
};

/* A customer's country decides the region of its scope. */
const struct demo_pair demo_regions[] = {
	{ "dach", "Germany, Austria, Switzerland", "DE,AT,CH,LI" },
	{ "uki", "United Kingdom and Ireland", "GB,IE,GG,JE,IM" },
	{ "france", "France", "FR,MC" },
	{ "benelux", "Benelux", "NL,BE,LU" },
	{ "iberia", "Iberia", "ES,PT,AD" },
	{ "italy", "Italy and Malta", "IT,SM,VA,MT" },
	{ "nordics", "Nordics and Baltics", "SE,NO,DK,FI,IS,EE,LV,LT,FO,GL" },
	{ "cee", "Central and Eastern Europe", "PL,CZ,SK,HU,SI,HR,RO,BG,RS,BA,ME,MK,AL,UA,MD,GR,CY,XK" },
	{ "north-america", "North America", "US,CA,PR" },
	{ "latin-america", "Latin America",
	  "BR,AR,CL,CO,MX,PE,UY,PY,BO,EC,VE,CR,PA,GT,HN,SV,NI,DO,CU,JM,TT,BS,BB,GY,SR,BZ,HT" },
	{ "south-asia", "India and South Asia", "IN,LK,BD,NP,BT,MV,PK" },
	{ "apac", "Asia Pacific", "AU,NZ,SG,MY,ID,PH,TH,VN,JP,KR,TW,HK,CN,MO,KH,LA,MM,BN,MN,FJ,PG" },
	{ "mea", "Middle East and Africa",
	  "AE,SA,QA,KW,BH,OM,JO,LB,IQ,IL,TR,EG,MA,TN,DZ,LY,ZA,NG,KE,GH,ET,TZ,UG,RW,ZM,ZW,BW,NA,MZ,AO,SN,CI,CM,MU,"
	  "GE,AM,AZ,KZ,UZ" },
	{ .code = NULL }
};

const struct demo_pair demo_holidays[] = {
	{ "2025-10-03", "German Unity Day", NULL }, { "2025-12-25", "Christmas Day", NULL },
	{ "2025-12-26", "Second Day of Christmas", NULL }, { "2026-01-01", "New Year's Day", NULL },
	{ "2026-04-03", "Good Friday", NULL }, { "2026-04-06", "Easter Monday", NULL },
	{ "2026-05-01", "Labour Day", NULL }, { "2026-05-14", "Ascension Day", NULL },
	{ "2026-05-25", "Whit Monday", NULL }, { "2026-10-03", "German Unity Day", NULL },
	{ "2026-12-25", "Christmas Day", NULL }, { "2026-12-26", "Second Day of Christmas", NULL },
	{ "2027-01-01", "New Year's Day", NULL }, { "2027-03-26", "Good Friday", NULL },
	{ "2027-03-29", "Easter Monday", NULL }, { "2027-05-01", "Labour Day", NULL },
	{ "2027-05-06", "Ascension Day", NULL }, { "2027-05-17", "Whit Monday", NULL },
	{ "2027-10-03", "German Unity Day", NULL }, { "2027-12-25", "Christmas Day", NULL },
	{ "2027-12-26", "Second Day of Christmas", NULL },
	{ .code = NULL }
};

#define WORDS(name, ...) const char *const name[] = { __VA_ARGS__, NULL }
WORDS(demo_notes,
	"First meeting with the head of infrastructure held; they replace what they have before the contract ends.",
	"Trial agreed for two sites. The customer asked for a quote covering three years.",
	"Came out of our autumn workshop. Budget is approved, the technical choice is open.",
	"Existing customer of ours for networks. Their audit asks for this by the end of the quarter.",
	"Tender published; we answered the questionnaire and were invited to the second round.",
	"The security officer saw the demonstration and wants a proof of concept with two hundred users.",
	"They had an incident in spring. The board has set money aside.",
	"We run their service desk and proposed the change in the last quarterly review.",
	"Requirements workshop done on site, sizing attached to our offer.",
	"The parent company uses it already and recommends the same product to this subsidiary.");
WORDS(demo_evidence,
	"Trial finished last week, the customer confirmed the results in writing. The order waits for the new budget year.",
	"Second on-site meeting held with purchasing; contract terms are with their lawyers.",
	"The customer moved the decision to next month and asked us for a renewed offer, which we sent.",
	"Proof of concept extended to a second site at the customer's request.");
WORDS(demo_refusals,
	"The customer already buys this product family directly from us under a running contract.",
	"No meeting or offer is described, and the customer told us that nobody has spoken to them yet.",
	"The customer has named another partner in writing.");
WORDS(demo_comments,
	"Thank you. Could you say which of their sites the offer covers?",
	"We have told our sales colleague in the region that this one is yours.",
	"Do you need a sales engineer for the proof of concept?",
	"Please keep us posted about the tender dates.");
WORDS(demo_answers,
	"All three sites, with the data centre first.",
	"Yes please, the week after next would suit the customer.",
	"The customer expects to decide by the middle of next month.",
	"Updated the expected value after our sizing workshop.");
WORDS(demo_withdrawals,
	"The customer has stopped the project.",
	"Budget was moved to next year.",
	"They stay with what they have.");

/* splitmix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators") */
static uint64_t demo_next(struct demo_random *r)
{
	uint64_t z = (r->state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

unsigned demo_below(struct demo_random *r, unsigned n)
{
	return (unsigned)(demo_next(r) % n);
}

bool demo_chance(struct demo_random *r, unsigned percent)
{
	return demo_below(r, 100) < percent;
}

const char *demo_pick(struct demo_random *r, const char *const *list)
{
	unsigned n = 0;

	while (list[n])
		n++;
	return list[demo_below(r, n)];
}
