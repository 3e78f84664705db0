import type { Output } from "../core/types.ts";
import type { SimulatorLogEntry } from "./types.ts";

/** What is worth a line in the log; messages to the application as they are, but without the copy of the INVITE. */
export function logEntryOf(output: Output): Omit<SimulatorLogEntry, "at"> | undefined {
  switch (output.kind) {
    case "connect":
      return { what: "socket", text: `${output.socket} opens ${output.url}` };
    case "close":
      return { what: "socket", text: `${output.socket} closes with ${output.code}` };
    case "send":
      return {
        what: "message",
        text: `${output.socket} ${output.text.replace(/"sip":\{.*?"payload":\[.*?\]\},/, "")}`,
      };
    case "fetch":
      return { what: "http", text: `${output.method} ${output.url}` };
    case "sip": {
      const { message } = output;
      const text =
        message.kind === "request" ? `${message.method} ${message.uri}` : `${message.status} ${message.method}`;
      return { what: "sip", text: `${output.leg} ${text}` };
    }
    case "restAnswer":
      return { what: "rest", text: `${output.status}` };
    default:
      return undefined;
  }
}
