import { createContext } from "react";

/** True where a schedule may be read and not changed: what is drawn with the pointer does not know of the form around it. */
export const ReadOnlySchedule = createContext(false);
