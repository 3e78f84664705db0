import { type Static, Type } from "typebox";

/**
 * The part of jambonz's messages that is read, as schemas: what does not fit is malformed and goes no further than the border.
 * Everything else in them (there is much) is let pass unread. jambonz 0.9.8, seen in all groups of recordings: data is snake_case.
 */
const sid = Type.String({ minLength: 1, maxLength: 128 });
const orNull = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

export const EnvelopeSchema = Type.Object({
  type: Type.String({ maxLength: 64 }),
  msgid: Type.Optional(sid),
  hook: Type.Optional(Type.Unknown()),
  data: Type.Optional(Type.Object({})),
});
export type Envelope = Static<typeof EnvelopeSchema>;

export const SessionSchema = Type.Object({
  call_sid: sid,
  direction: Type.Union([Type.Literal("inbound"), Type.Literal("outbound")]),
  from: orNull(Type.String()),
  to: Type.String(),
  caller_name: orNull(Type.String()),
  account_sid: Type.String(),
  application_sid: orNull(Type.String()),
  originating_sip_trunk_name: orNull(Type.String()),
  sip: orNull(Type.Object({ headers: Type.Optional(Type.Record(Type.String(), Type.Unknown())) })),
  /** What we gave a call that we placed (`tag`); jambonz leaves it as it was. */
  customerData: Type.Optional(Type.Unknown()),
  /** Of a leg that was dialled, and is a session of its own since (seen: h16). */
  parent_call_sid: orNull(sid),
});
export type SessionData = Static<typeof SessionSchema>;

export const CallStatusSchema = Type.Object({
  call_sid: sid,
  parent_call_sid: orNull(sid),
  call_status: Type.String(),
  sip_status: orNull(Type.Number()),
  call_termination_by: orNull(Type.String()),
  duration: orNull(Type.Number({ minimum: 0 })),
  error: Type.Optional(Type.Unknown()),
  direction: Type.Optional(Type.Unknown()),
  customerData: Type.Optional(Type.Unknown()),
});

export const PlayHookSchema = Type.Object({ status: orNull(Type.String()), reason: orNull(Type.String()) });

export const CollectHookSchema = Type.Object({ digits: orNull(Type.String()), reason: orNull(Type.String()) });

export const ListenHookSchema = Type.Object({ digits: orNull(Type.String()) });

export const DialHookSchema = Type.Object({
  dial_call_status: orNull(Type.String()),
  dial_sip_status: orNull(Type.Number()),
  dial_call_sid: orNull(sid),
});

export const ReferHookSchema = Type.Object({
  refer_status: Type.Number(),
  final_referred_call_status: orNull(Type.Number()),
});

export const ProgressHookSchema = Type.Object({ call_status: Type.Number() });

export const VerbStatusSchema = Type.Object({
  event: Type.String(),
  id: orNull(Type.String()),
  name: orNull(Type.String()),
});

export const ErrorSchema = Type.Object({
  msg: orNull(Type.String()),
  id: orNull(Type.String()),
  details: Type.Optional(Type.Unknown()),
});
