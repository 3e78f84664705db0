import type { NodeTypeRegistry } from "@cordboard/flow-schema";
import type { SqlReader } from "@cordboard/sql-connector";
import type { Connection } from "mongoose";
import type { DeskGiven } from "../desk/index.ts";
import type { DoctorGiven } from "../doctor/index.ts";
import type { EventLog } from "../events/index.ts";
import type { SupervisionsGiven } from "../live/index.ts";
import type { MediaShelf } from "../media/index.ts";
import type { OutgoingHttp } from "../outgoing-http/index.ts";
import type { Bus, CallCentreCommands, Clock, ControlCall, MailPort, MakeId } from "../ports/index.ts";
import type { Recordings } from "../recordings/index.ts";
import type { TextBox } from "../secrets/index.ts";
import type { SoftphoneBorder } from "../softphone/index.ts";
import type { GuessingLimits, PasswordCost, SessionTimes } from "../users/index.ts";

/** What the runtime knows of its own health; asked at each `/health`. */
interface Health {
  store(): Promise<boolean>;
  telephony(): Promise<boolean>;
}

export interface FeaturesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly commands: CallCentreCommands;
  readonly control: ControlCall;
  readonly registry: NodeTypeRegistry;
  /** Where the flow templates lie. */
  readonly flowsFolder: string;
  /** Seals what companies tell in confidence. */
  readonly secretBox: TextBox;
  readonly media: Pick<MediaShelf, "add" | "privatePath" | "readPrivate" | "addPrivate" | "removePrivate">;
  readonly recordings: Pick<Recordings, "file">;
  /** Passes on what an operator asks of the recording of a call; `gone`: it is in no conversation. */
  readonly recordTalk: DeskGiven["recordTalk"];
  readonly mail: MailPort;
  readonly mailBy: "smtp" | "folder";
  readonly publicUrl: string;
  readonly health: Health;
  readonly version: string;
  /** The installation's secret: what must be had back is sealed under keys that are derived from it. */
  readonly secret: string;
  /** The company's log of events, where somebody writes it; absent (tests of other things): one that nothing is written to. */
  readonly events?: EventLog;
  /** Calls as a supervisor comes into them. */
  readonly supervised: SupervisionsGiven["calls"];
  /** Access to jambonz for an administrator who examines it, and how a call is placed. */
  readonly doctor: Pick<DoctorGiven, "installation" | "placeCall">;
  /** Where operators' browsers register; absent: nobody can telephone in the browser. */
  readonly softphone?: SoftphoneBorder;
  /** Absent: asks servers elsewhere over the network. */
  readonly outgoingHttp?: OutgoingHttp;
  /** Absent: databases are read over the network. */
  readonly sql?: SqlReader;
  readonly log?: { warn(details: object, message: string): void };
  /** The key of this machine's command line, when it has one. */
  readonly localKey?: string | null;
  readonly sessionTimes?: SessionTimes;
  readonly guessingLimits?: GuessingLimits;
  /** For tests, which sign in hundreds of times: cheaper than anybody's should be. */
  readonly passwordCost?: PasswordCost;
}
