import { authenticate } from "./authenticate/index.ts";
import { callback } from "./callback/index.ts";
import { centreSwitch } from "./centre-switch/index.ts";
import { collect } from "./collect/index.ts";
import { condition } from "./condition/index.ts";
import { createRegistry } from "./create-registry.ts";
import { echo } from "./echo/index.ts";
import { exit } from "./exit/index.ts";
import { compute } from "./function/index.ts";
import { hangup } from "./hangup/index.ts";
import { hours } from "./hours/index.ts";
import { http } from "./http/index.ts";
import { hunt } from "./hunt/index.ts";
import { language } from "./language/index.ts";
import { lookup } from "./lookup/index.ts";
import { mailbox } from "./mailbox/index.ts";
import { menu } from "./menu/index.ts";
import { notify } from "./notify/index.ts";
import { percent } from "./percent/index.ts";
import { play } from "./play/index.ts";
import { queueState } from "./queue-state/index.ts";
import { record } from "./record/index.ts";
import { screenPop } from "./screen-pop/index.ts";
import { set } from "./set/index.ts";
import { subflow } from "./subflow/index.ts";
import { transfer } from "./transfer/index.ts";
import { voicemail } from "./voicemail/index.ts";

/** The node types that ship with the product; one line each. */
export const builtInNodeTypes = [
  play,
  menu,
  language,
  collect,
  condition,
  hours,
  percent,
  queueState,
  lookup,
  authenticate,
  set,
  subflow,
  record,
  hunt,
  callback,
  screenPop,
  transfer,
  voicemail,
  mailbox,
  echo,
  hangup,
  exit,
  http,
  compute,
  notify,
  centreSwitch,
] as const;

export const registry = createRegistry(builtInNodeTypes);
