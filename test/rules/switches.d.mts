export declare const switches: readonly {
  readonly rule: number;
  readonly off: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}[];
