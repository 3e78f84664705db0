import type { DialTarget } from "@cordboard/node-kit";

/** What a scenario calls a target: its number, address or id; the company's switchboard is `switchboard`. */
export function targetName(target: DialTarget): string {
  switch (target.kind) {
    case "telephone":
      return target.telephoneId;
    case "number":
      return target.number;
    case "user":
      return target.name;
    case "sipUri":
      return target.uri;
    case "switchboard":
      return "switchboard";
  }
}
