/* name_rows.c - words in names by meaning, as written after transliteration to lower-case ASCII */
#include "name_rows.h"

#include "name_dict.h"

const struct word_row word_rows[] = {
	{ DICT_TITLE, 1, "mr mrs ms miss mister dr doctor prof professor sir dame herr frau monsieur madame mme "
		"mlle senor senora don dona signor sheikh shaikh shaykh sheik sayyid sayed seyed seyyed haji hajji hajj "
		"hadji mullah mulla mollah maulana mawlana maulvi mawlawi molvi qari ustad ustaz sardar ayatollah "
		"president prasident prezident presidente premier minister general colonel major captain lieutenant brigadier "
		"admiral marshal commander gen col maj capt lt brig hon honourable honorable rev reverend "
		"eng engineer ing jr sr esq phd gospodin tovarisch chairman "
		"senator governor ambassador comrade" },
	{ DICT_PARTICLE, 1, "bin ibn ben bint bt binti b" },
	{ DICT_PARTICLE, 2, "al el ul" },
	{ DICT_PARTICLE, 3, "ad ar as at az an ash de da do dos das du di del della dela den der des la le las los van von "
		"vom zu zur ter ten y e i oglu ogly ugli kyzy qizi zade" },
	{ DICT_SERVANT, 1, "abd abdul abdel abdal abdur abdus abdu abdoul abdol" },
	{ DICT_VESSEL, 1, "mv mt ms mf ss mts motor tanker vessel ship" },
	{ DICT_LITTLE, 1, "of the and for in de la le les du des der die das und et el los las da do dos y e i a an s of to "
		"van voor fur za po na on by at" },
	/* given names: spellings and short forms of one name */
	{ DICT_VARIANT, 0, "john juan jean johann johannes ivan giovanni jan joao johnny jonny jack ioan ioannis hans yohan" },
	{ DICT_VARIANT, 0, "william bill billy will willy willie wilhelm guillaume guillermo liam" },
	{ DICT_VARIANT, 0, "robert bob bobby rob robbie roberto rupert" },
	{ DICT_VARIANT, 0, "richard rick ricky dick rich ricardo riccardo" },
	{ DICT_VARIANT, 0, "theodore ted teddy theo fyodor fedor teodor feodor" },
	{ DICT_VARIANT, 0, "edward ed eddie eduard eduardo edouard ned" },
	{ DICT_VARIANT, 0, "benjamin ben benny bibi binyamin benyamin beniamin" },
	{ DICT_VARIANT, 0, "alexander alexandros aleksandr alexandr alexandre alejandro alessandro alex aleksander sasha oleksandr "
		"aliaksandr iskander sandro aleksandar alec" },
	{ DICT_VARIANT, 0, "alexandra aleksandra oleksandra alejandra alessandra" },
	{ DICT_VARIANT, 0, "elizabeth elisabeth liz lizzie beth betty elisabetta isabel yelizaveta elizaveta" },
	{ DICT_VARIANT, 0, "catherine katherine kathryn kate katie cathy kathy catalina katharina ekaterina yekaterina caterina katarina" },
	{ DICT_VARIANT, 0, "margaret maggie peggy meg margarita marguerite margherita" },
	{ DICT_VARIANT, 0, "michael mike mikhail mikail miguel michel michele mick mickey mihail mykhailo mihai michal" },
	{ DICT_VARIANT, 0, "james jim jimmy jamie jaime jacques jakob jacob yakov iakov giacomo" },
	{ DICT_VARIANT, 0, "joseph joe josef jose giuseppe yosef yusuf yousef youssef iosif yussuf josip yusif yousuf yousif" },
	{ DICT_VARIANT, 0, "charles charlie chuck carlos carlo karl carl karel" },
	{ DICT_VARIANT, 0, "thomas tom tommy tomas tommaso" },
	{ DICT_VARIANT, 0, "daniel dan danny danil daniil daniele" },
	{ DICT_VARIANT, 0, "matthew matt matthias mateo matteo matvei matthieu" },
	{ DICT_VARIANT, 0, "anthony tony antonio anton antoine antony" },
	{ DICT_VARIANT, 0, "nicholas nick nicolas nikolai nikolay nicola nikola nikolaos mykola nikolaj nicolai niklas claus" },
	{ DICT_VARIANT, 0, "andrew andy andrei andrey andrea andreas andre andriy andrij andres andrzej" },
	{ DICT_VARIANT, 0, "peter pete piotr pyotr petr pedro pietro pierre petro petar" },
	{ DICT_VARIANT, 0, "paul pablo paolo pavel paulo pavlo pawel" },
	{ DICT_VARIANT, 0, "george georgi georgy georgiy yuri yuriy yury iurii yurij jorge giorgio georg georges heorhiy jurij jerzy" },
	{ DICT_VARIANT, 0, "gregory greg grigory grigori grigoriy gregorio" },
	{ DICT_VARIANT, 0, "stephen steven steve stefan esteban stepan etienne stefano" },
	{ DICT_VARIANT, 0, "vladimir volodymyr wladimir vova volodya uladzimir" },
	{ DICT_VARIANT, 0, "dmitry dmitri dmitriy dmytro dimitri dmitrij dima dimitrios" },
	{ DICT_VARIANT, 0, "sergey sergei serhiy sergej sergio serge sergiy siarhei" },
	{ DICT_VARIANT, 0, "evgeny evgeni yevgeny yevgeniy evgeniy evgenij eugene yevhen eugenio" },
	{ DICT_VARIANT, 0, "alexei alexey aleksei aleksey alexis oleksiy aleksej alyosha" },
	{ DICT_VARIANT, 0, "samuel sam sammy shmuel" }, { DICT_VARIANT, 0, "david dave davide dawud daoud daud dawood" },
	{ DICT_VARIANT, 0, "christopher chris kristof christophe cristobal" }, { DICT_VARIANT, 0, "frederick fred freddy frederic frederik" },
	{ DICT_VARIANT, 0, "ronald ron ronnie" }, { DICT_VARIANT, 0, "donald don donnie" },
	{ DICT_VARIANT, 0, "kenneth ken kenny" }, { DICT_VARIANT, 0, "lawrence larry laurence lorenzo" },
	{ DICT_VARIANT, 0, "patrick pat paddy patricio" }, { DICT_VARIANT, 0, "francis frank francisco francesco francois franz pancho paco" },
	{ DICT_VARIANT, 0, "henry harry hank heinrich enrique henri hendrik" }, { DICT_VARIANT, 0, "gerald gerry jerry gerard gerhard" },
	{ DICT_VARIANT, 0, "philip phil philippe felipe filippo filipp" }, { DICT_VARIANT, 0, "louis luis luigi lewis ludwig lou" },
	{ DICT_VARIANT, 0, "susan sue suzanne susanna" }, { DICT_VARIANT, 0, "mary maria marie mariam maryam miriam" },
	{ DICT_VARIANT, 0, "helen helena elena yelena olena" }, { DICT_VARIANT, 0, "natalia natalya nataliya natasha" },
	{ DICT_VARIANT, 0, "barack barry barak" }, { DICT_VARIANT, 0, "leonard leo len leon" },
	{ DICT_VARIANT, 0, "mohammed muhammad mohamed mohammad muhammed mohamad mohamud muhamad mehmet mahomet muhammet mohd mohamet magomed mukhamed" },
	{ DICT_VARIANT, 0, "ahmed ahmad ahmet achmed akhmed akhmad" }, { DICT_VARIANT, 0, "hussein hussain husayn husain hossein hoseyn hussin khusein" },
	{ DICT_VARIANT, 0, "osama usama ussama oussama" }, { DICT_VARIANT, 0, "omar umar omer" }, { DICT_VARIANT, 0, "othman uthman osman usman" },
	{ DICT_VARIANT, 0, "ibrahim ebrahim abraham avraham brahim" }, { DICT_VARIANT, 0, "ismail ismael esmail ismaeel" },
	{ DICT_VARIANT, 0, "mustafa mustapha moustafa" }, { DICT_VARIANT, 0, "suleiman sulayman soleiman sulaiman suleyman solomon" },
	{ DICT_VARIANT, 0, "hassan hasan" }, { DICT_VARIANT, 0, "qasim qassem kassem qasem kasim ghasem" },
	{ DICT_VARIANT, 0, "khaled khalid" }, { DICT_VARIANT, 0, "faisal faysal feisal" }, { DICT_VARIANT, 0, "jamal gamal jamaal" },
	{ DICT_VARIANT, 0, "abdullah abdallah abdulla abdoulaye abdellah" }, { DICT_VARIANT, 0, "nasser nasir naser nassir" },
	{ DICT_VARIANT, 0, "lee li yi rhee ri" }, { DICT_VARIANT, 0, "kim gim" }, { DICT_VARIANT, 0, "park pak bak" }, { DICT_VARIANT, 0, "choi choe" },
	/* words that many organisations have; those of one row mean the same */
	{ DICT_COMMON, 0, "international intl internacional internationale internazionale mezdunarodnyj mezhdunarodny inter" },
	{ DICT_COMMON, 0, "group grp groupe grupo gruppe gruppo gruppa grup" },
	{ DICT_COMMON, 0, "holding holdings hldg hldgs kholding holdinq" },
	{ DICT_COMMON, 0, "trading trade tradings trd trdg torgovyj" },
	{ DICT_COMMON, 0, "industries industry ind inds industrial industria industrias industrie promyshlennost" },
	{ DICT_COMMON, 0, "services service svc svcs servicios" }, { DICT_COMMON, 0, "systems system sys sistemas sistema sistemy" },
	{ DICT_COMMON, 0, "technologies technology tech tekhnologii tecnologia tehnologii" },
	{ DICT_COMMON, 0, "management mgmt mgt" }, { DICT_COMMON, 0, "manufacturing mfg" }, { DICT_COMMON, 0, "engineering eng engrg" },
	{ DICT_COMMON, 0, "development dev developments" }, { DICT_COMMON, 0, "investment investments invest inv inversiones" },
	{ DICT_COMMON, 0, "enterprise enterprises ent predpriatie" }, { DICT_COMMON, 0, "association assn assoc asociacion" },
	{ DICT_COMMON, 0, "foundation fdn fond fundacion fondation stiftung" }, { DICT_COMMON, 0, "organization organisation org organizacia" },
	{ DICT_COMMON, 0, "institute inst institut instituto" }, { DICT_COMMON, 0, "university univ universidad universitat universitet" },
	{ DICT_COMMON, 0, "government govt gov" }, { DICT_COMMON, 0, "department dept" }, { DICT_COMMON, 0, "national natl nacional" },
	{ DICT_COMMON, 0, "brothers bros" }, { DICT_COMMON, 0, "center centre centr centro ctr" }, { DICT_COMMON, 0, "bank banco banque bk banka" },
	{ DICT_COMMON, 0, "fund funds" }, { DICT_COMMON, 0, "trust" }, { DICT_COMMON, 0, "capital" }, { DICT_COMMON, 0, "partners partner" },
	{ DICT_COMMON, 0, "solutions solution" }, { DICT_COMMON, 0, "logistics logistic" }, { DICT_COMMON, 0, "shipping" },
	{ DICT_COMMON, 0, "marine maritime" }, { DICT_COMMON, 0, "construction constructions stroj" }, { DICT_COMMON, 0, "business" },
	{ DICT_COMMON, 0, "general" }, { DICT_COMMON, 0, "global" }, { DICT_COMMON, 0, "import imports" }, { DICT_COMMON, 0, "export exports" },
	{ DICT_COMMON, 0, "finance financial" }, { DICT_COMMON, 0, "insurance" }, { DICT_COMMON, 0, "consulting" }, { DICT_COMMON, 0, "energy" },
	{ DICT_COMMON, 0, "factory plant works zavod" }, { DICT_COMMON, 0, "aviation" }, { DICT_COMMON, 0, "airlines airline airways air" },
	{ DICT_COMMON, 0, "oil" }, { DICT_COMMON, 0, "gas" }, { DICT_COMMON, 0, "petroleum" }, { DICT_COMMON, 0, "transport transportation" },
	{ DICT_COMMON, 0, "academy" }, { DICT_COMMON, 0, "science sciences" }, { DICT_COMMON, 0, "commercial comercial" },
	{ DICT_COMMON, 0, "agency" }, { DICT_COMMON, 0, "exchange" }, { DICT_COMMON, 0, "medical" }, { DICT_COMMON, 0, "equipment" },
	{ DICT_COMMON, 0, "refinery" }, { DICT_COMMON, 0, "supply" }, { DICT_COMMON, 0, "estate" }, { DICT_COMMON, 0, "obsestvennaa" },
	{ DICT_COMMON, 0, "oblastnaa" }, { DICT_COMMON, 0, "offshore" }, { DICT_COMMON, 0, "projects project" },
	/* countries and regions */
	{ DICT_PLACE, 0, "afghanistan" }, { DICT_PLACE, 0, "albania" }, { DICT_PLACE, 0, "algeria" }, { DICT_PLACE, 0, "america usa us american" },
	{ DICT_PLACE, 0, "angola" }, { DICT_PLACE, 0, "argentina" }, { DICT_PLACE, 0, "armenia" }, { DICT_PLACE, 0, "australia" },
	{ DICT_PLACE, 0, "austria osterreich" }, { DICT_PLACE, 0, "azerbaijan" }, { DICT_PLACE, 0, "bahrain" }, { DICT_PLACE, 0, "bangladesh" },
	{ DICT_PLACE, 0, "belarus" }, { DICT_PLACE, 0, "belgium" }, { DICT_PLACE, 0, "bolivia" }, { DICT_PLACE, 0, "brazil brasil" },
	{ DICT_PLACE, 0, "bulgaria" }, { DICT_PLACE, 0, "burma myanmar" }, { DICT_PLACE, 0, "canada" }, { DICT_PLACE, 0, "chile" },
	{ DICT_PLACE, 0, "china chinese" }, { DICT_PLACE, 0, "colombia" }, { DICT_PLACE, 0, "congo" }, { DICT_PLACE, 0, "croatia" }, { DICT_PLACE, 0, "cuba" },
	{ DICT_PLACE, 0, "cyprus" }, { DICT_PLACE, 0, "czech czechia" }, { DICT_PLACE, 0, "denmark" }, { DICT_PLACE, 0, "ecuador" }, { DICT_PLACE, 0, "egypt" },
	{ DICT_PLACE, 0, "estonia" }, { DICT_PLACE, 0, "ethiopia" }, { DICT_PLACE, 0, "finland" }, { DICT_PLACE, 0, "france" }, { DICT_PLACE, 0, "georgia" },
	{ DICT_PLACE, 0, "germany deutschland" }, { DICT_PLACE, 0, "ghana" }, { DICT_PLACE, 0, "greece hellas" }, { DICT_PLACE, 0, "haiti" },
	{ DICT_PLACE, 0, "hong hongkong hk" }, { DICT_PLACE, 0, "hungary" }, { DICT_PLACE, 0, "iceland" }, { DICT_PLACE, 0, "india" },
	{ DICT_PLACE, 0, "indonesia" }, { DICT_PLACE, 0, "iran iranian" }, { DICT_PLACE, 0, "iraq iraqi" }, { DICT_PLACE, 0, "ireland" },
	{ DICT_PLACE, 0, "israel" }, { DICT_PLACE, 0, "italy italia" }, { DICT_PLACE, 0, "japan" }, { DICT_PLACE, 0, "jordan" },
	{ DICT_PLACE, 0, "kazakhstan" }, { DICT_PLACE, 0, "kenya" }, { DICT_PLACE, 0, "korea" }, { DICT_PLACE, 0, "kuwait" }, { DICT_PLACE, 0, "kyrgyzstan" },
	{ DICT_PLACE, 0, "latvia" }, { DICT_PLACE, 0, "lebanon" }, { DICT_PLACE, 0, "libya libyan" }, { DICT_PLACE, 0, "lithuania" },
	{ DICT_PLACE, 0, "luxembourg" }, { DICT_PLACE, 0, "malaysia" }, { DICT_PLACE, 0, "malta" }, { DICT_PLACE, 0, "mexico" }, { DICT_PLACE, 0, "moldova" },
	{ DICT_PLACE, 0, "mongolia" }, { DICT_PLACE, 0, "morocco" }, { DICT_PLACE, 0, "netherlands holland nederland" }, { DICT_PLACE, 0, "nigeria" },
	{ DICT_PLACE, 0, "norway" }, { DICT_PLACE, 0, "oman" }, { DICT_PLACE, 0, "pakistan" }, { DICT_PLACE, 0, "panama" }, { DICT_PLACE, 0, "peru" },
	{ DICT_PLACE, 0, "philippines" }, { DICT_PLACE, 0, "poland polska" }, { DICT_PLACE, 0, "portugal" }, { DICT_PLACE, 0, "qatar" },
	{ DICT_PLACE, 0, "romania" }, { DICT_PLACE, 0, "russia rossia russian rossijskaa" }, { DICT_PLACE, 0, "rwanda" }, { DICT_PLACE, 0, "saudi" },
	{ DICT_PLACE, 0, "serbia" }, { DICT_PLACE, 0, "singapore" }, { DICT_PLACE, 0, "slovakia" }, { DICT_PLACE, 0, "slovenia" }, { DICT_PLACE, 0, "somalia" },
	{ DICT_PLACE, 0, "spain espana" }, { DICT_PLACE, 0, "sudan" }, { DICT_PLACE, 0, "sweden" }, { DICT_PLACE, 0, "switzerland schweiz suisse swiss" },
	{ DICT_PLACE, 0, "syria syrian" }, { DICT_PLACE, 0, "taiwan" }, { DICT_PLACE, 0, "tajikistan" }, { DICT_PLACE, 0, "tanzania" }, { DICT_PLACE, 0, "thailand" },
	{ DICT_PLACE, 0, "tunisia" }, { DICT_PLACE, 0, "turkey turkiye turk" }, { DICT_PLACE, 0, "turkmenistan" }, { DICT_PLACE, 0, "uae emirates dubai" },
	{ DICT_PLACE, 0, "uganda" }, { DICT_PLACE, 0, "uk britain england" }, { DICT_PLACE, 0, "ukraine ukraina" }, { DICT_PLACE, 0, "uruguay" },
	{ DICT_PLACE, 0, "uzbekistan" }, { DICT_PLACE, 0, "venezuela" }, { DICT_PLACE, 0, "vietnam" }, { DICT_PLACE, 0, "yemen" }, { DICT_PLACE, 0, "zimbabwe" },
	{ DICT_PLACE, 0, "europe european europa" }, { DICT_PLACE, 0, "asia asian" }, { DICT_PLACE, 0, "africa african" }, { DICT_PLACE, 0, "arabia arabian" },
	{ DICT_PLACE, 0, "mali" }, { DICT_PLACE, 0, "maghreb" }, { DICT_PLACE, 0, "emea" }, { DICT_PLACE, 0, "gulf" },
	/* numbers */
	{ DICT_NUMBER, 1, "zero" }, { DICT_NUMBER, 2, "one first 1st erste" }, { DICT_NUMBER, 3, "two second 2nd" }, { DICT_NUMBER, 4, "three third 3rd" },
	{ DICT_NUMBER, 5, "four fourth 4th" }, { DICT_NUMBER, 6, "five fifth 5th" }, { DICT_NUMBER, 7, "six sixth 6th" },
	{ DICT_NUMBER, 8, "seven seventh 7th" }, { DICT_NUMBER, 9, "eight eighth 8th" }, { DICT_NUMBER, 10, "nine ninth 9th" },
	{ DICT_NUMBER, 11, "ten tenth 10th" }, { DICT_NUMBER, 12, "eleven eleventh 11th" }, { DICT_NUMBER, 13, "twelve twelfth 12th" },
	{ DICT_NUMBER, 14, "thirteen" }, { DICT_NUMBER, 15, "fourteen" }, { DICT_NUMBER, 16, "fifteen" }, { DICT_NUMBER, 17, "sixteen" },
	{ DICT_NUMBER, 18, "seventeen" }, { DICT_NUMBER, 19, "eighteen" }, { DICT_NUMBER, 20, "nineteen" }, { DICT_NUMBER, 101, "hundred" },
	{ DICT_TEN, 20, "twenty" }, { DICT_TEN, 30, "thirty" }, { DICT_TEN, 40, "forty fourty" }, { DICT_TEN, 50, "fifty" },
	{ DICT_TEN, 60, "sixty" }, { DICT_TEN, 70, "seventy" }, { DICT_TEN, 80, "eighty" }, { DICT_TEN, 90, "ninety" },
	{ DICT_ROMAN, 2, "ii" }, { DICT_ROMAN, 3, "iii" }, { DICT_ROMAN, 4, "iv" }, { DICT_ROMAN, 6, "vi" }, { DICT_ROMAN, 7, "vii" },
	{ DICT_ROMAN, 8, "viii" }, { DICT_ROMAN, 9, "ix" },
};
const size_t N_WORD_ROWS = sizeof(word_rows) / sizeof(word_rows[0]);

/* Words of a form are written together. */
const struct form_row form_rows[] = {
	{ FORM_ANY, "company companies co compania cia firm firma sti kompania predpriatie" },
	{ FORM_INC, "inc incorporated corp corporation corporacion korporacia" },
	{ FORM_SHARES, "ag aktiengesellschaft sa nv spa plc jsc ojsc cjsc pjsc zao oao pao ao ab asa oyj publiclimitedcompany "
		"jointstockcompany openjointstockcompany opencompany closedjointstockcompany publicjointstockcompany limitedbyshares "
		"akcionernoeobsestvo otkrytoeakcionernoeobsestvo zakrytoeakcionernoeobsestvo publicnoeakcionernoeobsestvo "
		"aktsionernoeobshchestvo otkrytoeaktsionernoeobshchestvo zakrytoeaktsionernoeobshchestvo "
		"publichnoeaktsionernoeobshchestvo societeanonyme sociedadanonima "
		"sadecv sab sabdecv sae saog saoc sal sca as sae tbk nyrt zrt rt ad prat pat at se kk kabushikikaisha saa aktiebolag "
		"spolkaakcyjna societaperazioni naamlozevennootschap anonimsirketi anonimsirket anonimsirketi" },
	{ FORM_LIMITED, "gmbh mbh ug llc ltd limited ltda limitada lda lc pvt pvtltd pte pteltd pty ptyltd private privatelimited "
		"privatelimitedcompany coltd companylimited limitedcompany limitedliabilitycompany companywithlimitedliability bv srl sarl sarlau "
		"sro doo dooel eood ood ooo tov too ooc spzoo spolkazoo spzo kft aps oy sl slu sas sasu eurl sprl bvba zoo bhd sdnbhd sdn fze fzco fzc "
		"fzllc wll dmcc obsestvosogranicennojotvetstvennostu obsestvosogranicennojotvetstvennost obshchestvosogranichennoiotvetstvennostyu "
		"obshchestvosogranichennoyotvetstvennostyu "
		"tovaristvozobmezenouvidpovidalnistu tovarystvozobmezhenoiuvidpovidalnistiu "
		"gesellschaftmitbeschrankterhaftung gesellschaftmitbeschraenkterhaftung "
		"societateacuraspunderelimitata sociedadderesponsabilidadlimitada sociedadlimitada societearesponsabilitelimitee "
		"societaaresponsabilitalimitata spolkazograniczonaodpowiedzialnoscia sderldecv sderl eireli uab sia ou osauhing "
		"limitedsirketi limitedsti ltdsti beslotenvennootschap sociedadporaccionessimplificada mchj ooocompany" },
	{ FORM_PARTNERS, "lp llp kg gmbhcokg gmbhandcokg ohg gbr limitedpartnership limitedliabilitypartnership snc scs kgaa vof cv lllp" },
	{ FORM_CHARITY, "ev ano nko asbl vzw nonprofitorganization autonomousnonprofitorganization avtonomnaanekommerceskaaorganizacia "
		"eingetragenerverein ngo" },
	{ FORM_STATE, "fgup gup fgbu fsue federalstateunitaryenterprise stateunitaryenterprise mup "
		"federalnoegosudarstvennoeunitarnoepredpriatie" },
};
const size_t N_FORM_ROWS = sizeof(form_rows) / sizeof(form_rows[0]);
