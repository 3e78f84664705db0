export { startSimulator } from "./start-simulator.ts";
export type {
  OutgoingCall,
  RunningSimulator,
  SimulatorLogEntry,
  SimulatorOptions,
  TelephoneCall,
  TelephoneSpec,
  TelephoneState,
  Telephones,
} from "./types.ts";
