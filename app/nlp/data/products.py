"""Products known by name, that the model takes for the company, a person or nothing."""

_KNOWN = """
iPhone, iPad, iPod, iMac, MacBook, iTunes, iCloud, Apple Watch, macOS, iOS, Siri, Android, Pixel, Chrome, Chromebook,
Google Chrome, Google Maps, Gmail, Firefox, Mozilla Firefox, Safari, Opera Mini, Internet Explorer, Microsoft Edge,
Windows, Windows XP, Windows Vista, Windows 7, Windows 8, Windows 10, Windows 11, Microsoft Office, Microsoft Word,
Excel, PowerPoint, Outlook, Skype, Photoshop, Linux, Ubuntu, Kindle, Alexa, ChatGPT, Xbox, Xbox 360, Xbox One,
PlayStation, PlayStation 2, PlayStation 3, PlayStation 4, PlayStation 5, Nintendo Switch, Wii, Game Boy, Minecraft,
Fortnite, BlackBerry, Walkman, Viagra, Prozac, OxyContin, Ozempic, Tamiflu, Paxlovid, Botox, Roundup, Coca-Cola Zero,
Kalashnikov, Humvee, Bitcoin, Ethereum, Space Shuttle, Soyuz, Concorde, Dreamliner
"""
KNOWN_PRODUCTS = frozenset(name.strip() for name in _KNOWN.replace("\n", " ").split(","))
