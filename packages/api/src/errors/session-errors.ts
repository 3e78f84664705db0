import { defineErrors } from "./define-errors.ts";

/** Sign-in, sessions and roles. */
export const sessionErrors = defineErrors({
  notSignedIn: {
    kind: "user",
    status: 401,
    details: [],
    message: {
      fr: "Vous n’êtes pas connecté, ou votre session a expiré.",
      en: "You are not signed in, or your session has expired.",
    },
    remedy: {
      fr: "Connectez-vous de nouveau ; un appel en cours continue.",
      en: "Sign in again; a call in progress goes on.",
    },
  },
  beyondYourQueues: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Cela dépasse les files que vous supervisez.",
      en: "This reaches beyond the queues that you supervise.",
    },
    remedy: {
      fr: "Demandez à un administrateur de le faire, ou d’ajouter la file à votre compte (Utilisateurs).",
      en: "Ask an administrator to do it, or to add the queue to your account (Users).",
    },
  },
  notAllowed: {
    kind: "user",
    status: 403,
    details: [],
    message: { fr: "Votre rôle ne permet pas cette action.", en: "Your role does not allow this." },
    remedy: {
      fr: "Demandez à un administrateur de le faire ou de changer votre rôle.",
      en: "Ask an administrator to do it, or to change your role.",
    },
  },
  wrongCredentials: {
    kind: "user",
    status: 401,
    details: [],
    message: {
      fr: "L’identifiant ou le mot de passe n’est pas le bon.",
      en: "The name or the password is not right.",
    },
    remedy: {
      fr: "Vérifiez la touche Majuscules et recommencez ; un administrateur peut donner un nouveau mot de passe.",
      en: "Check the Caps Lock key and try again; an administrator can set a new password.",
    },
  },
  tooManyAttempts: {
    kind: "user",
    status: 429,
    details: ["retryAfterSeconds"],
    message: {
      fr: "Trop de mots de passe faux pour ce compte depuis cette adresse.",
      en: "Too many wrong passwords for this account from this address.",
    },
    remedy: {
      fr: "Attendez {retryAfterSeconds} secondes, ou connectez-vous depuis un autre poste.",
      en: "Wait {retryAfterSeconds} seconds, or sign in from another desk.",
    },
  },
  companyNeeded: {
    kind: "user",
    status: 400,
    details: [],
    message: {
      fr: "Ce serveur porte plusieurs sociétés : laquelle est la vôtre ?",
      en: "This server carries several companies: which one is yours?",
    },
    remedy: { fr: "Indiquez le code de votre société.", en: "Give your company’s code." },
  },
  originRefused: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Cette demande vient d’une page étrangère à ce serveur ; elle a été refusée.",
      en: "This request comes from a page that is not this server’s; it was refused.",
    },
    remedy: {
      fr: "Ouvrez Cordboard à sa propre adresse ; un programme envoie l’en-tête X-Cordboard: 1.",
      en: "Open Cordboard at its own address; a program sends the header X-Cordboard: 1.",
    },
  },
  tlsNeeded: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Cette page a été ouverte sans TLS : le mot de passe voyagerait en clair et la session ne tiendrait pas.",
      en: "This page was opened without TLS: the password would travel in clear and the session would not hold.",
    },
    remedy: {
      fr: "Ouvrez l’adresse en https:// ; l’administrateur règle CORDBOARD_TLS_CERT et CORDBOARD_TLS_KEY, ou un proxy.",
      en: "Open the address with https://; the administrator sets CORDBOARD_TLS_CERT and CORDBOARD_TLS_KEY, or a proxy.",
    },
  },
  weakPassword: {
    kind: "user",
    status: 422,
    details: [],
    message: {
      fr: "Ce mot de passe est trop facile à deviner.",
      en: "This password is too easy to guess.",
    },
    remedy: {
      fr: "Prenez au moins dix caractères, sans le nom ni le code de la personne.",
      en: "Use at least ten characters, without the person’s name or code.",
    },
  },
  lastAdmin: {
    kind: "user",
    status: 409,
    details: [],
    message: {
      fr: "C’est le dernier administrateur actif de la société qui a un mot de passe.",
      en: "This is the company’s last active administrator with a password.",
    },
    remedy: { fr: "Nommez-en d’abord un autre.", en: "Appoint another one first." },
  },
});
