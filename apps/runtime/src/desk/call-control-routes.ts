import type { Handlers } from "../http/handlers.ts";
import type { ControlByPrograms } from "./call-control-by-programs.ts";

type ControlRoute = Extract<keyof Handlers, `callControl.${string}`>;

export function callControlHandlers(control: ControlByPrograms): Pick<Handlers, ControlRoute> {
  return {
    "callControl.get": ({ scope, input: { params } }) => control.get(scope, params.callId),
    "callControl.hangUp": async ({ scope, input: { params } }) => {
      await control.hangUp(scope, params.callId);
      return undefined;
    },
    "callControl.hold": ({ scope, input: { params, body } }) => control.hold(scope, params.callId, body.held),
    "callControl.mute": ({ scope, input: { params, body } }) => control.mute(scope, params.callId, body.muted),
    "callControl.passOn": async ({ scope, input: { params, body } }) => {
      await control.passOn(scope, params.callId, body.to);
      return undefined;
    },
    "callControl.pressKeys": async ({ scope, input: { params, body } }) => {
      await control.pressKeys(scope, params.callId, body.keys);
      return undefined;
    },
    "callControl.record": ({ scope, input: { params, body } }) => control.record(scope, params.callId, body.wish),
  };
}
