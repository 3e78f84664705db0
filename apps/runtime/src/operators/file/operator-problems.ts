import type { Texts } from "@cordboard/api";

/** Why a row of operators cannot be taken: a sentence that goes on after the value that it is about, or stands alone where there is none. */
export const problems = {
  noCode: {
    fr: "il manque le code par lequel l’opérateur se connecte : écrivez-le",
    en: "the code by which the operator signs in is missing: write it",
  },
  code: {
    fr: "n’est pas un code : 32 lettres sans accent, chiffres, points ou traits au plus",
    en: "is no code: up to 32 plain letters, digits, dots or dashes",
  },
  noName: {
    fr: "ce code est nouveau, et il manque un nom : écrivez comment l’opérateur s’appelle",
    en: "this code is new, and a name is missing: write what the operator is called",
  },
  longName: { fr: "est trop long : 120 signes au plus", en: "is too long: up to 120 signs" },
  password: {
    fr: "le mot de passe est trop court : dix signes au moins, ou rien pour qu’il soit fait",
    en: "the password is too short: ten signs at least, or nothing to have one made",
  },
  weakPassword: {
    fr: "n’importe qui essaierait d’abord ce mot de passe : prenez-en un autre, ou rien pour qu’il soit fait",
    en: "anybody would try this password first: take another, or nothing to have one made",
  },
  language: { fr: "n’est ni le français (fr) ni l’anglais (en)", en: "is neither French (fr) nor English (en)" },
  yesNo: { fr: "n’est ni oui ni non", en: "is neither yes nor no" },
  email: { fr: "n’est pas une adresse électronique", en: "is no e-mail address" },
  role: {
    fr: "n’est pas un rôle d’opérateur : superviseurs, auteurs et administrateurs se créent à la page Utilisateurs",
    en: "is no role of operators: supervisors, authors and administrators are made on the page Users",
  },
  queue: {
    fr: "n’est le nom d’aucune file : créez-la d’abord, ou corrigez son nom",
    en: "is no queue’s name: create the queue first, or mend its name",
  },
  telephone: {
    fr: "n’est le nom d’aucun téléphone : créez-le d’abord à la page Téléphones, ou corrigez son nom",
    en: "is no telephone’s name: create it first on the page Telephones, or mend its name",
  },
  twice: (line: number): Texts => ({
    fr: `est déjà à la ligne ${line} : n’en gardez qu’une`,
    en: `is on line ${line} already: keep one of them`,
  }),
  emailOf: (name: string): Texts => ({
    fr: `est déjà l’adresse de ${name}`,
    en: `is already the address of ${name}`,
  }),
} satisfies Readonly<Record<string, Texts | ((about: never) => Texts)>>;
