import type { TelephoneTarget } from "@cordboard/api";
import type { JambonzTarget } from "../ports/index.ts";

/** A telephone as jambonz dials it. */
export function jambonzTarget(target: TelephoneTarget): JambonzTarget {
  switch (target.kind) {
    case "user":
      return { type: "user", name: target.name };
    case "sipUri":
      return { type: "sip", sipUri: target.uri };
    case "number":
      return { type: "phone", number: target.number };
  }
}
