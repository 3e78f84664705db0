import type { TelephoneState } from "@cordboard/simulator/server";

/** What the page tells its server: hands on the virtual telephones. */
export type LabCommand =
  | { readonly do: "call"; readonly from: string; readonly to: string; readonly callerName: string }
  | { readonly do: "answer"; readonly telephone: string }
  | { readonly do: "refuse"; readonly telephone: string }
  | { readonly do: "hangUp"; readonly telephone: string }
  | { readonly do: "press"; readonly telephone: string; readonly keys: string };

/** What the server tells every page that is open. */
export type LabMessage =
  | {
      readonly kind: "state";
      /** The server's clock, UTC ms: `hearsSince` counts on it. */
      readonly now: number;
      readonly line: string;
      /** Differs after each start of the lab: its telephones, and the calls on them, are then new ones. */
      readonly start: string;
      /** Where operators sign in. */
      readonly agentUrl: string;
      /** The caller's telephone first. */
      readonly telephones: readonly TelephoneState[];
    }
  | { readonly kind: "refused"; readonly sentence: string };

/** The telephone that calls. */
export const CALLER = "caller";
/** Numbers of the operators' telephones in the lab; the demo company's telephones have these SIP users. */
export const DESKS = ["11", "12", "13"] as const;

/** The switchboard's telephone: nobody signs in there, it is what "0" rings. */
export const SWITCHBOARD = "10";
export const LAB_REALM = "lab.cordboard.example";

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= 200;

/** A command of the page, or null when it is none. */
export function readCommand(text: string): LabCommand | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null || !("do" in value)) return null;
  const of = (name: string): unknown => Reflect.get(value, name);
  if (value.do === "call") {
    const [from, to, callerName] = [of("from"), of("to"), of("callerName")];
    return isText(from) && isText(to) && isText(callerName) ? { do: "call", from, to, callerName } : null;
  }
  const telephone = of("telephone");
  if (!isText(telephone)) return null;
  if (value.do === "press") {
    const keys = of("keys");
    return isText(keys) && /^[0-9*#A-D]+$/.test(keys) ? { do: "press", telephone, keys } : null;
  }
  if (value.do === "answer" || value.do === "refuse" || value.do === "hangUp") return { do: value.do, telephone };
  return null;
}
