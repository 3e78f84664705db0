export { failureWords, privateHostWords, statusWords } from "./failure-words.ts";
export {
  createOutgoingHttp,
  judgedAddress,
  type OutgoingAnswer,
  type OutgoingFailure,
  type OutgoingHttp,
} from "./outgoing-http.ts";
export { canBeListed, mayBeAsked } from "./private-address.ts";
