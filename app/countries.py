"""The countries of the world: the names news texts give them, their people and their capitals.

Written by hand for this project. It serves both naming inside an article (nlp) and telling entities apart
across articles (resolution), so it stands below both; it knows nothing of texts, spans or entities.
"""

from dataclasses import dataclass
from functools import cache

# name | other names | demonyms and adjectives | capitals (and seats of government)
_TABLE = """
Afghanistan | | Afghan, Afghans | Kabul
Albania | | Albanian, Albanians | Tirana
Algeria | | Algerian, Algerians | Algiers
Andorra | | Andorran, Andorrans | Andorra la Vella
Angola | | Angolan, Angolans | Luanda
Antigua and Barbuda | Antigua | Antiguan, Antiguans |
Argentina | | Argentine, Argentinian, Argentines, Argentinians | Buenos Aires
Armenia | | Armenian, Armenians | Yerevan
Australia | | Australian, Australians | Canberra
Austria | | Austrian, Austrians | Vienna
Azerbaijan | | Azerbaijani, Azerbaijanis, Azeri | Baku
Bahamas | | Bahamian, Bahamians | Nassau
Bahrain | | Bahraini, Bahrainis | Manama
Bangladesh | | Bangladeshi, Bangladeshis | Dhaka
Barbados | | Barbadian, Barbadians | Bridgetown
Belarus | | Belarusian, Belarusians | Minsk
Belgium | | Belgian, Belgians | Brussels
Belize | | Belizean, Belizeans | Belmopan
Benin | | Beninese | Porto-Novo
Bhutan | | Bhutanese | Thimphu
Bolivia | | Bolivian, Bolivians | La Paz, Sucre
Bosnia and Herzegovina | Bosnia, Bosnia-Herzegovina | Bosnian, Bosnians | Sarajevo
Botswana | | Botswanan, Motswana | Gaborone
Brazil | | Brazilian, Brazilians | Brasilia, Brasília
Britain | United Kingdom, UK, U.K., Great Britain | British, Briton, Britons | London
Brunei | | Bruneian, Bruneians | Bandar Seri Begawan
Bulgaria | | Bulgarian, Bulgarians | Sofia
Burkina Faso | | Burkinabe | Ouagadougou
Burundi | | Burundian, Burundians | Bujumbura, Gitega
Cambodia | | Cambodian, Cambodians | Phnom Penh
Cameroon | | Cameroonian, Cameroonians | Yaounde, Yaoundé
Canada | | Canadian, Canadians | Ottawa
Cape Verde | Cabo Verde | Cape Verdean | Praia
Central African Republic | | Central African | Bangui
Chad | | Chadian, Chadians | N'Djamena
Chile | | Chilean, Chileans |
China | People's Republic of China, PRC | Chinese | Beijing
Colombia | | Colombian, Colombians | Bogota, Bogotá
Comoros | | Comorian, Comorans | Moroni
Costa Rica | | Costa Rican, Costa Ricans |
Croatia | | Croatian, Croatians, Croat, Croats | Zagreb
Cuba | | Cuban, Cubans | Havana
Cyprus | | Cypriot, Cypriots | Nicosia
Czech Republic | Czechia | Czech, Czechs | Prague
Democratic Republic of the Congo | DR Congo, DRC, Democratic Republic of Congo | | Kinshasa
Denmark | | Danish, Dane, Danes | Copenhagen
Djibouti | | Djiboutian, Djiboutians |
Dominica | | |
Dominican Republic | | Dominican, Dominicans | Santo Domingo
East Timor | Timor-Leste | Timorese, East Timorese | Dili
Ecuador | | Ecuadorian, Ecuadorians, Ecuadorean | Quito
Egypt | | Egyptian, Egyptians | Cairo
El Salvador | | Salvadoran, Salvadorans, Salvadorean |
Equatorial Guinea | | Equatoguinean | Malabo
Eritrea | | Eritrean, Eritreans | Asmara
Estonia | | Estonian, Estonians | Tallinn
Eswatini | Swaziland | Swazi, Swazis | Mbabane
Ethiopia | | Ethiopian, Ethiopians | Addis Ababa
Fiji | | Fijian, Fijians | Suva
Finland | | Finnish, Finn, Finns | Helsinki
France | | French, Frenchman, Frenchwoman | Paris
Gabon | | Gabonese | Libreville
Gambia | | Gambian, Gambians | Banjul
Georgia | | Georgian, Georgians | Tbilisi
Germany | | German, Germans | Berlin
Ghana | | Ghanaian, Ghanaians | Accra
Greece | | Greek, Greeks | Athens
Grenada | | Grenadian, Grenadians |
Guatemala | | Guatemalan, Guatemalans | Guatemala City
Guinea | | Guinean, Guineans | Conakry
Guinea-Bissau | | | Bissau
Guyana | | Guyanese | Georgetown
Haiti | | Haitian, Haitians | Port-au-Prince
Honduras | | Honduran, Hondurans | Tegucigalpa
Hungary | | Hungarian, Hungarians | Budapest
Iceland | | Icelandic, Icelander, Icelanders | Reykjavik, Reykjavík
India | | Indian, Indians | New Delhi, Delhi
Indonesia | | Indonesian, Indonesians | Jakarta
Iran | Islamic Republic of Iran | Iranian, Iranians | Tehran, Teheran
Iraq | | Iraqi, Iraqis | Baghdad
Ireland | Republic of Ireland | Irish, Irishman, Irishwoman | Dublin
Israel | | Israeli, Israelis | Jerusalem
Italy | | Italian, Italians | Rome
Ivory Coast | Côte d'Ivoire, Cote d'Ivoire | Ivorian, Ivorians | Yamoussoukro
Jamaica | | Jamaican, Jamaicans |
Japan | | Japanese | Tokyo
Jordan | | Jordanian, Jordanians | Amman
Kazakhstan | | Kazakh, Kazakhs, Kazakhstani | Astana, Nur-Sultan
Kenya | | Kenyan, Kenyans | Nairobi
Kiribati | | |
Kosovo | | Kosovar, Kosovan, Kosovars | Pristina
Kuwait | | Kuwaiti, Kuwaitis | Kuwait City
Kyrgyzstan | | Kyrgyz | Bishkek
Laos | | Laotian, Laotians, Lao | Vientiane
Latvia | | Latvian, Latvians | Riga
Lebanon | | Lebanese | Beirut
Lesotho | | Basotho | Maseru
Liberia | | Liberian, Liberians | Monrovia
Libya | | Libyan, Libyans | Tripoli
Liechtenstein | | | Vaduz
Lithuania | | Lithuanian, Lithuanians | Vilnius
Luxembourg | | Luxembourgish, Luxembourger |
Madagascar | | Malagasy | Antananarivo
Malawi | | Malawian, Malawians | Lilongwe
Malaysia | | Malaysian, Malaysians | Kuala Lumpur
Maldives | | Maldivian, Maldivians | Malé
Mali | | Malian, Malians | Bamako
Malta | | Maltese | Valletta
Marshall Islands | | Marshallese | Majuro
Mauritania | | Mauritanian, Mauritanians | Nouakchott
Mauritius | | Mauritian, Mauritians | Port Louis
Mexico | | Mexican, Mexicans | Mexico City
Micronesia | | Micronesian, Micronesians | Palikir
Moldova | | Moldovan, Moldovans | Chisinau, Chișinău
Monaco | | Monegasque |
Mongolia | | Mongolian, Mongolians | Ulaanbaatar, Ulan Bator
Montenegro | | Montenegrin, Montenegrins | Podgorica
Morocco | | Moroccan, Moroccans | Rabat
Mozambique | | Mozambican, Mozambicans | Maputo
Myanmar | Burma | Burmese | Naypyidaw, Naypyitaw
Namibia | | Namibian, Namibians | Windhoek
Nauru | | Nauruan |
Nepal | | Nepali, Nepalese, Nepalis | Kathmandu
Netherlands | Holland | Dutch, Dutchman, Dutchwoman | Amsterdam, The Hague
New Zealand | | New Zealander, New Zealanders | Wellington
Nicaragua | | Nicaraguan, Nicaraguans | Managua
Niger | | Nigerien, Nigeriens | Niamey
Nigeria | | Nigerian, Nigerians | Abuja
North Korea | Democratic People's Republic of Korea, DPRK, N. Korea, N Korea | North Korean, North Koreans | Pyongyang
North Macedonia | Macedonia | Macedonian, Macedonians | Skopje
Norway | | Norwegian, Norwegians | Oslo
Oman | | Omani, Omanis | Muscat
Pakistan | | Pakistani, Pakistanis | Islamabad
Palau | | Palauan |
Palestine | Palestinian Territories, State of Palestine | Palestinian, Palestinians | Ramallah
Panama | | Panamanian, Panamanians | Panama City
Papua New Guinea | | Papua New Guinean | Port Moresby
Paraguay | | Paraguayan, Paraguayans | Asuncion, Asunción
Peru | | Peruvian, Peruvians | Lima
Philippines | | Philippine, Filipino, Filipina, Filipinos | Manila
Poland | | Polish, Pole, Poles | Warsaw
Portugal | | Portuguese | Lisbon
Qatar | | Qatari, Qataris | Doha
Republic of the Congo | Congo-Brazzaville | | Brazzaville
Romania | | Romanian, Romanians | Bucharest
Russia | Russian Federation | Russian, Russians | Moscow
Rwanda | | Rwandan, Rwandans | Kigali
Saint Kitts and Nevis | St. Kitts and Nevis | | Basseterre
Saint Lucia | St. Lucia | St. Lucian | Castries
Saint Vincent and the Grenadines | St. Vincent and the Grenadines | | Kingstown
Samoa | | Samoan, Samoans | Apia
San Marino | | Sammarinese |
Sao Tome and Principe | São Tomé and Príncipe | |
Saudi Arabia | Kingdom of Saudi Arabia | Saudi, Saudis | Riyadh
Senegal | | Senegalese | Dakar
Serbia | | Serbian, Serbians, Serb, Serbs | Belgrade
Seychelles | | Seychellois |
Sierra Leone | | Sierra Leonean | Freetown
Singapore | | Singaporean, Singaporeans |
Slovakia | | Slovak, Slovaks, Slovakian | Bratislava
Slovenia | | Slovenian, Slovenians, Slovene | Ljubljana
Solomon Islands | | Solomon Islander | Honiara
Somalia | | Somali, Somalis | Mogadishu
South Africa | | South African, South Africans | Pretoria
South Korea | Republic of Korea, ROK, S. Korea, S Korea | South Korean, South Koreans | Seoul
South Sudan | | South Sudanese | Juba
Spain | | Spanish, Spaniard, Spaniards | Madrid
Sri Lanka | | Sri Lankan, Sri Lankans | Colombo
Sudan | | Sudanese | Khartoum
Suriname | | Surinamese | Paramaribo
Sweden | | Swedish, Swede, Swedes | Stockholm
Switzerland | | Swiss | Bern
Syria | | Syrian, Syrians | Damascus
Taiwan | Republic of China | Taiwanese | Taipei
Tajikistan | | Tajik, Tajiks | Dushanbe
Tanzania | | Tanzanian, Tanzanians | Dodoma, Dar es Salaam
Thailand | | Thai, Thais | Bangkok
Togo | | Togolese | Lome, Lomé
Tonga | | Tongan, Tongans | Nuku'alofa
Trinidad and Tobago | Trinidad | Trinidadian | Port of Spain
Tunisia | | Tunisian, Tunisians | Tunis
Turkey | Türkiye, Turkiye | Turkish, Turk, Turks | Ankara
Turkmenistan | | Turkmen | Ashgabat
Tuvalu | | Tuvaluan | Funafuti
Uganda | | Ugandan, Ugandans | Kampala
Ukraine | | Ukrainian, Ukrainians | Kyiv, Kiev
United Arab Emirates | UAE, U.A.E., Emirates | Emirati, Emiratis | Abu Dhabi
United States | U.S., US, USA, U.S.A., United States of America | American, Americans | Washington
Uruguay | | Uruguayan, Uruguayans | Montevideo
Uzbekistan | | Uzbek, Uzbeks | Tashkent
Vanuatu | | Ni-Vanuatu | Port Vila
Vatican City | Vatican, Holy See | |
Venezuela | | Venezuelan, Venezuelans | Caracas
Vietnam | Viet Nam | Vietnamese | Hanoi
Yemen | | Yemeni, Yemenis | Sanaa, Sana'a
Zambia | | Zambian, Zambians | Lusaka
Zimbabwe | | Zimbabwean, Zimbabweans | Harare
"""


@dataclass(frozen=True, slots=True)
class Country:
    """A country. Words are as printed; `aliases` does not repeat the name."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


def _read_table(table: str) -> tuple[Country, ...]:
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    lists = [
        [tuple(word.strip() for word in cell.split(",") if word.strip()) for cell in row[1:]] for row in rows
    ]
    return tuple(Country(row[0], *cells) for row, cells in zip(rows, lists, strict=True))


COUNTRIES = _read_table(_TABLE)


@cache
def names_to_country() -> dict[str, str]:
    """Map every name of a country, as printed, to its main name: `U.S.` to `United States`."""
    return {alias: country.name for country in COUNTRIES for alias in (country.name, *country.aliases)}


@cache
def demonyms_to_country() -> dict[str, str]:
    """Map adjectives and people's names to the country: `Japanese` to `Japan`."""
    return {word: country.name for country in COUNTRIES for word in country.demonyms}


@cache
def capitals_to_country() -> dict[str, str]:
    """Map a capital to its country, for whose government it often stands: `Tokyo` to `Japan`."""
    return {capital: country.name for country in COUNTRIES for capital in country.capitals}


@cache
def _folded_names() -> dict[str, str]:
    return {_fold(alias): name for alias, name in names_to_country().items()}


def country_of(name: str) -> str | None:
    """Return the main name of the country that `name` is a name of, whatever its case or leading "the".

    A lower-case "us" is a pronoun, hence no country; other names are compared without regard to case.
    """
    if name == "us":
        return None
    return _folded_names().get(_fold(name))


def nation_of(word: str) -> str | None:
    """Return the country a name, adjective or capital points to: `Lisbon`, `Portuguese` give Portugal."""
    return country_of(word) or demonyms_to_country().get(word) or capitals_to_country().get(word)


def _fold(name: str) -> str:
    return name.casefold().removeprefix("the ").replace(".", "").replace("’", "'").strip()
