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
  openWithoutTls: texts(
    "Listening beyond this machine without TLS: browsers refuse microphone, notifications and installation of the agent, and passwords travel in clear. Set CORDBOARD_TLS_CERT and CORDBOARD_TLS_KEY, or CORDBOARD_TRUSTED_PROXIES when a proxy in front ends TLS.",
    "Écoute au-delà de cette machine sans TLS : les navigateurs refusent microphone, notifications et installation de l’agent, et les mots de passe circulent en clair. Réglez CORDBOARD_TLS_CERT et CORDBOARD_TLS_KEY, ou CORDBOARD_TRUSTED_PROXIES si un mandataire placé devant termine TLS.",
  ),
  everyAddress: (host: string) =>
    texts(
      `Not set while listening on every address (${host}), which is no address to go to: browsers and jambonz on other machines would not find this server, and callers would hear nothing. Set it to how they reach it, as https://calls.example.com.`,
      `Non réglée alors que le serveur écoute sur toutes les adresses (${host}), ce qui n’est pas une adresse où aller : navigateurs et jambonz d’autres machines ne le trouveraient pas, et les appelants n’entendraient rien. Donnez celle par laquelle on le joint, comme https://calls.example.com.`,
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
  socketPassword: texts(
    "Set JAMBONZ_SOCKET_USER and JAMBONZ_SOCKET_PASSWORD to what the jambonz application sends (docs/jambonz.md); without them anybody could pretend to be jambonz.",
    "Réglez JAMBONZ_SOCKET_USER et JAMBONZ_SOCKET_PASSWORD sur ce qu’envoie l’application jambonz (docs/jambonz.md) ; sans eux, n’importe qui pourrait se faire passer pour jambonz.",
  ),
  secret: texts(
    "Set it to at least 32 random characters, the same for every runtime of the installation (npm start makes one by itself).",
    "Donnez au moins 32 caractères au hasard, les mêmes pour chaque moteur de l’installation (npm start en fait un de lui-même).",
  ),
  logLevel: (level: string, levels: readonly string[]) =>
    texts(
      `Unknown level ${level}. One of: ${levels.join(", ")}.`,
      `Niveau inconnu : ${level}. L’un de : ${levels.join(", ")}.`,
    ),
};
