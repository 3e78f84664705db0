import { errorCatalogue, isErrorCode } from "@cordboard/api";
import { CodedError, OutsideError, UserError } from "../errors/index.ts";
import { bytesText } from "./body-limit.ts";

const unreachableStore =
  /^Mongo(ose)?(Server(Selection|Closed)|Network(Timeout)?|NotConnected|Topology(Closed)?|PoolCleared|WaitQueueTimeout|PoolClosed|OperationTimeout|ClientClosed)/;

/** Whatever was thrown while answering, as an error of the catalogue. What is not recognised is a bug of ours: `internal`. */
export function toCodedError(thrown: unknown, requestId: string): CodedError {
  if (thrown instanceof CodedError) return thrown;
  if (thrown instanceof Error) {
    const code = "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
    if (isErrorCode(code)) {
      const Kind = errorCatalogue[code].kind === "user" ? UserError : OutsideError;
      return new Kind(code, {}, { cause: thrown });
    }
    if (unreachableStore.test(thrown.name)) return new OutsideError("storeUnavailable", {}, { cause: thrown });
    const type = "type" in thrown ? thrown.type : undefined;
    if (type === "entity.too.large" && "limit" in thrown) {
      return new UserError("tooLarge", { limit: bytesText(Number(thrown.limit)) });
    }
    // Unreadable JSON, unknown charset or encoding, a body that was cut off, a path with a bad percent sign: what was sent cannot be read.
    if (typeof type === "string" || thrown instanceof URIError) return new UserError("notJson", {}, { cause: thrown });
  }
  return new CodedError("internal", { requestId }, { cause: thrown });
}
