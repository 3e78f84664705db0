import { randomInt } from "node:crypto";

/** A password that can be read out: three groups without letters that are taken for others, about 74 bits. Kept nowhere but as a hash. */
export function makePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group()].join("-");
}
