import type { Texts } from "@cordboard/api";

const texts = (en: string, fr: string): Texts => ({ fr, en });

/** What the configuration says of a setting that cannot be used: what is wrong, and what to set. */
export const configSentences = {
  notAPort: (value: string) =>
    texts(
      `Not a port: ${value}. Give a number from 1 to 65535.`,
      `Ce n’est pas un port : ${value}. Donnez un nombre de 1 à 65535.`,
    ),
  notAnAddress: (value: string | null, example: string) =>
    texts(
      `Not an address: ${value}. It looks like ${example}.`,
      `Ce n’est pas une adresse : ${value}. Elle ressemble à ${example}.`,
    ),
  tlsNeedsBoth: texts(
    "TLS needs both files: set CORDBOARD_TLS_CERT (the certificate with its chain) and CORDBOARD_TLS_KEY (its private key).",
    "TLS demande les deux fichiers : CORDBOARD_TLS_CERT (le certificat et sa chaîne) et CORDBOARD_TLS_KEY (sa clé privée).",
  ),
  fileMissing: (file: string) => texts(`There is no file ${file}.`, `Le fichier ${file} n’existe pas.`),
  fileUnreadable: (file: string, code: string) =>
    texts(
      `The file ${file} cannot be read (${code}): give the user that runs Cordboard the right to read it.`,
      `Le fichier ${file} ne peut pas être lu (${code}) : donnez le droit de le lire à l’utilisateur qui lance Cordboard.`,
    ),
  notACertificate: (file: string) =>
    texts(
      `The file ${file} holds no certificate in PEM form (it begins with -----BEGIN CERTIFICATE-----).`,
      `Le fichier ${file} ne contient pas de certificat au format PEM (il commence par -----BEGIN CERTIFICATE-----).`,
    ),
  notAKey: (file: string) =>
    texts(
      `The file ${file} holds no private key in PEM form (it begins with -----BEGIN PRIVATE KEY-----).`,
      `Le fichier ${file} ne contient pas de clé privée au format PEM (il commence par -----BEGIN PRIVATE KEY-----).`,
    ),
  keyLocked: (file: string) =>
    texts(
      `The private key in ${file} is locked by a passphrase, which nobody could type at a start: give it without one (openssl pkey -in … -out …).`,
      `La clé privée de ${file} est protégée par une phrase secrète, que personne ne pourrait saisir au démarrage : donnez-la sans (openssl pkey -in … -out …).`,
    ),
  notItsKey: (keyFile: string, certFile: string) =>
    texts(
      `The private key in ${keyFile} does not belong to the certificate in ${certFile}, whose first certificate must be this server's own.`,
      `La clé privée de ${keyFile} ne correspond pas au certificat de ${certFile}, dont le premier certificat doit être celui de ce serveur.`,
    ),
  openWithoutTls: texts(
    "Listening beyond this machine without TLS: browsers refuse microphone, notifications and installation of the agent, and passwords travel in clear. Set CORDBOARD_TLS_CERT and CORDBOARD_TLS_KEY, or CORDBOARD_TRUSTED_PROXIES when a proxy in front ends TLS.",
    "Écoute au-delà de cette machine sans TLS : les navigateurs refusent microphone, notifications et installation de l’agent, et les mots de passe circulent en clair. Réglez CORDBOARD_TLS_CERT et CORDBOARD_TLS_KEY, ou CORDBOARD_TRUSTED_PROXIES si un mandataire placé devant termine TLS.",
  ),
  everyAddress: (host: string) =>
    texts(
      `Not set while listening on every address (${host}), which is no address to go to: browsers and jambonz on other machines would not find this server, and callers would hear nothing. Set it to how they reach it, as https://calls.example.com.`,
      `Non réglée alors que le serveur écoute sur toutes les adresses (${host}), ce qui n’est pas une adresse où aller : navigateurs et jambonz d’autres machines ne le trouveraient pas, et les appelants n’entendraient rien. Donnez celle par laquelle on le joint, comme https://calls.example.com.`,
    ),
  mailFrom: texts(
    "Mails need a sender: set it to the address that they come from, as Cordboard <calls@example.com>.",
    "Un expéditeur manque aux mails : donnez l’adresse dont ils viennent, comme Cordboard <calls@example.com>.",
  ),
  notAMailAddress: (value: string) =>
    texts(
      `Not a mail address: ${value}. It looks like Cordboard <calls@example.com>.`,
      `Ce n’est pas une adresse électronique : ${value}. Elle ressemble à Cordboard <calls@example.com>.`,
    ),
  mongoUri: texts(
    "Must begin with mongodb:// or mongodb+srv://. Unset it to use the embedded store.",
    "Doit commencer par mongodb:// ou mongodb+srv://. Retirez-la pour utiliser la base embarquée.",
  ),
  redisUrl: texts("Must begin with redis:// or rediss://.", "Doit commencer par redis:// ou rediss://."),
  jambonzNeedsThree: texts(
    "jambonz's REST needs all three: JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY.",
    "L’interface REST de jambonz demande les trois : JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID et JAMBONZ_API_KEY.",
  ),
  noApplication: texts(
    "Not set: promised callbacks cannot be made, because jambonz places calls for an application. Set it to the application's SID (docs/jambonz.md).",
    "Non réglée : les rappels promis ne peuvent pas être passés, car jambonz passe les appels au nom d’une application. Donnez le SID de l’application (docs/jambonz.md).",
  ),
  socketPassword: texts(
    "Set JAMBONZ_SOCKET_USER and JAMBONZ_SOCKET_PASSWORD to what the jambonz application sends (docs/jambonz.md); without them anybody could pretend to be jambonz.",
    "Réglez JAMBONZ_SOCKET_USER et JAMBONZ_SOCKET_PASSWORD sur ce qu’envoie l’application jambonz (docs/jambonz.md) ; sans eux, n’importe qui pourrait se faire passer pour jambonz.",
  ),
  sipRealm: texts(
    "JAMBONZ_SOFTPHONE_URL needs it: the SIP realm of the jambonz account, as pbx.example.com (docs/jambonz.md).",
    "JAMBONZ_SOFTPHONE_URL la demande : le domaine SIP du compte jambonz, comme pbx.example.com (docs/jambonz.md).",
  ),
  secret: texts(
    "Set it to at least 32 random characters, the same for every runtime of the installation (npm start makes one by itself).",
    "Donnez au moins 32 caractères au hasard, les mêmes pour chaque moteur de l’installation (npm start en fait un de lui-même).",
  ),
  metricsKey: texts(
    "Must be at least 16 characters without a space: who reads the metrics sends it as Authorization: Bearer …",
    "Doit compter au moins 16 caractères sans espace : qui lit les mesures l’envoie en Authorization: Bearer …",
  ),
  logLevel: (level: string, levels: readonly string[]) =>
    texts(
      `Unknown level ${level}. One of: ${levels.join(", ")}.`,
      `Niveau inconnu : ${level}. L’un de : ${levels.join(", ")}.`,
    ),
};
