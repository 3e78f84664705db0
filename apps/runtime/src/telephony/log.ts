/** What the adapter needs of a log; pino fits. Nothing that a caller keyed, said or is called by is ever given to it. */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
