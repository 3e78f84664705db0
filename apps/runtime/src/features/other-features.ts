import type { BinPort } from "../access/index.ts";
import type { Alarms } from "../alarms/index.ts";
import type { CallRecords } from "../call-records/index.ts";
import type { Callbacks } from "../callbacks/index.ts";
import type { Connectors } from "../connectors/index.ts";
import type { Directories } from "../desk/index.ts";
import type { DiallingFeature } from "../dialling/index.ts";
import type { Flows } from "../flows/index.ts";
import type { IntegrationSettings } from "../integration/index.ts";
import type { Lines } from "../lines/index.ts";
import type { Operators } from "../operators/index.ts";
import type { Prompts } from "../prompts/index.ts";
import type { Queues } from "../queues/index.ts";
import type { Schedules } from "../schedules/index.ts";
import type { Scripts } from "../scripts/index.ts";
import type { Secrets } from "../secrets/index.ts";
import type { Telephones } from "../telephones/index.ts";
import type { VoicemailBoxes } from "../voicemail/index.ts";
import type { FeaturesGiven } from "./features-given.ts";

/** What a feature asks of those that are made after it: mostly where what it keeps is in use, and whether what it names is there. */
export interface OtherFeatures {
  readonly operators: Operators;
  readonly telephones: Telephones;
  readonly queues: Queues;
  readonly lines: Lines;
  readonly scripts: Scripts;
  readonly schedules: Schedules;
  readonly flows: Flows;
  readonly prompts: Prompts;
  readonly voicemailBoxes: VoicemailBoxes;
  readonly integration: IntegrationSettings;
  readonly connectors: Connectors;
  readonly secrets: Secrets;
  readonly directories: Directories;
  readonly callRecords: CallRecords;
  readonly callbacks: Callbacks;
  readonly dialled: DiallingFeature;
  readonly alarms: Alarms;
}

export interface GroupGiven extends FeaturesGiven {
  /** Where deleted things lie for a while. */
  readonly bin: BinPort;
  /** They may not be made yet: they are asked where they are used, never while features are made. */
  readonly others: () => OtherFeatures;
}
