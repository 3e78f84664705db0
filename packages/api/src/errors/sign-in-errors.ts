import { defineErrors } from "./define-errors.ts";

/** Signing in by the company's identity provider (OpenID Connect). */
export const signInErrors = defineErrors({
  signInOver: {
    kind: "user",
    status: 401,
    details: [],
    message: {
      fr: "Cette connexion a pris trop de temps, a déjà servi, ou a commencé dans un autre navigateur ou à une autre adresse.",
      en: "This sign-in took too long, was used already, or began in another browser or at another address.",
    },
    remedy: {
      fr: "Recommencez depuis cette page, à l’adresse habituelle du serveur, en acceptant ses cookies.",
      en: "Begin again from this page, at the server’s usual address, with its cookies allowed.",
    },
  },
  signInIssuerUnreachable: {
    kind: "outside",
    status: 502,
    details: ["issuer", "why"],
    message: {
      fr: "Le service d’identité de votre société ({issuer}) ne répond pas comme il faut. {why}",
      en: "Your company’s identity provider ({issuer}) does not answer as it should. {why}",
    },
    remedy: {
      fr: "Recommencez plus tard, ou connectez-vous par mot de passe s’il est permis ; un administrateur peut lancer l’essai de la page « Connexion ».",
      en: "Try again later, or sign in by password where that is allowed; an administrator can run the test of the page “Sign-in”.",
    },
  },
  signInIssuerRefused: {
    kind: "user",
    status: 403,
    details: ["why"],
    message: {
      fr: "Le service d’identité de votre société a refusé cette connexion ({why}).",
      en: "Your company’s identity provider refused this sign-in ({why}).",
    },
    remedy: {
      fr: "Recommencez avec le bon compte, ou demandez à qui gère ce service de vous ouvrir Cordboard.",
      en: "Try again with the right account, or ask whoever runs that service to open Cordboard to you.",
    },
  },
  signInAnswerRefused: {
    kind: "user",
    status: 401,
    details: ["why"],
    message: {
      fr: "La réponse du service d’identité n’est pas digne de foi ({why}).",
      en: "The identity provider’s answer cannot be trusted ({why}).",
    },
    remedy: {
      fr: "Recommencez ; si cela se répète, un administrateur vérifie l’émetteur, l’identifiant et le secret du client.",
      en: "Begin again; when it comes again, an administrator checks the issuer, the client’s id and its secret.",
    },
  },
  signInClockWrong: {
    kind: "user",
    status: 401,
    details: ["seconds"],
    message: {
      fr: "L’horloge de ce serveur et celle du service d’identité diffèrent trop ({seconds} s tolérées).",
      en: "This server’s clock and the identity provider’s differ too much ({seconds} s are tolerated).",
    },
    remedy: {
      fr: "Demandez à l’administrateur du serveur de mettre son horloge à l’heure (NTP), puis recommencez.",
      en: "Ask the server’s administrator to set its clock (NTP), then begin again.",
    },
  },
  signInUnknown: {
    kind: "user",
    status: 403,
    details: ["who", "where"],
    message: {
      fr: "Vous êtes connu du service d’identité ({who}), mais pas ici comme {where}.",
      en: "The identity provider knows you ({who}), but there is no {where} for you here.",
    },
    remedy: {
      fr: "Demandez à un administrateur de Cordboard d’inscrire votre adresse ou votre identifiant externe.",
      en: "Ask an administrator of Cordboard to enter your e-mail address or your external id.",
    },
  },
  signInEmailMissing: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Le service d’identité n’a pas donné d’adresse e-mail, et c’est par elle que l’on vous reconnaîtrait.",
      en: "The identity provider gave no e-mail address, and it is by that that you would be known.",
    },
    remedy: {
      fr: "Un administrateur fait livrer la revendication « email » (portée « email »), ou règle votre identifiant externe.",
      en: "An administrator has the claim “email” delivered (scope “email”), or sets your external id.",
    },
  },
  signInEmailUnverified: {
    kind: "user",
    status: 403,
    details: ["email"],
    message: {
      fr: "Le service d’identité ne garantit pas que l’adresse {email} est la vôtre.",
      en: "The identity provider does not vouch that the address {email} is yours.",
    },
    remedy: {
      fr: "Faites-y vérifier votre adresse, ou demandez à un administrateur de régler votre identifiant externe.",
      en: "Have your address verified there, or ask an administrator to set your external id.",
    },
  },
  signInEmailTaken: {
    kind: "user",
    status: 403,
    details: ["email"],
    message: {
      fr: "L’adresse {email} appartient ici à un compte lié à une autre identité, ou à plusieurs comptes.",
      en: "The address {email} belongs to an account here that is bound to another identity, or to several accounts.",
    },
    remedy: {
      fr: "Demandez à un administrateur de corriger l’identifiant externe de ce compte.",
      en: "Ask an administrator to correct that account’s external id.",
    },
  },
  signInDisabled: {
    kind: "user",
    status: 403,
    details: [],
    message: {
      fr: "Votre compte est désactivé dans Cordboard.",
      en: "Your account is disabled in Cordboard.",
    },
    remedy: { fr: "Demandez à un administrateur de l’activer.", en: "Ask an administrator to enable it." },
  },
  signInNotSetUp: {
    kind: "user",
    status: 404,
    details: [],
    message: {
      fr: "Cette société ne se connecte pas par un service d’identité.",
      en: "This company does not sign in by an identity provider.",
    },
    remedy: {
      fr: "Connectez-vous par mot de passe ; vérifiez le code de votre société.",
      en: "Sign in by password; check your company’s code.",
    },
  },
  passwordsOff: {
    kind: "user",
    status: 403,
    details: ["button"],
    message: {
      fr: "Dans votre société, ce compte ne se connecte plus par mot de passe.",
      en: "In your company this account no longer signs in by password.",
    },
    remedy: {
      fr: "Utilisez « {button} » ; les administrateurs gardent leur mot de passe.",
      en: "Use “{button}”; administrators keep their password.",
    },
  },
  signInSettingsRefused: {
    kind: "user",
    status: 422,
    details: ["problem"],
    message: {
      fr: "Ces réglages ne peuvent pas servir : {problem}.",
      en: "These settings cannot be used: {problem}.",
    },
    remedy: { fr: "Corrigez-les, puis enregistrez.", en: "Correct them, then save." },
  },
});
