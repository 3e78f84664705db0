/** Something that goes wrong inside the simulated server, as it would in the real one; never a mistake of the simulator itself. */
export class SimulatedFailure extends Error {
  /** The error's code as Node names it (`ECONNREFUSED`), where the failure is one of a connection. */
  readonly code: string | undefined;
  /** The HTTP status, where the failure is an answer that was refused. */
  readonly status: number | undefined;

  constructor(message: string, details: { readonly code?: string; readonly status?: number } = {}) {
    super(message);
    this.code = details.code;
    this.status = details.status;
  }
}

/** The verb ends badly, but the call goes on with the next one (a missing file, a speech credential that is not there). */
export class VerbFailure extends SimulatedFailure {}

/** The call's state does not allow the verb: it is skipped without a `finished` event. */
export class PreconditionFailure extends SimulatedFailure {}
