/** The package has no types of its own. Only what is used is declared. */
declare module "@jambonz/verb-specifications" {
  interface VerbSpecifications {
    /** Throws an Error that names the verb and the property; returns nothing. */
    validate(logger: { info(): void; debug(): void; error(): void }, verbs: readonly object[]): void;
  }
  const specifications: VerbSpecifications;
  export = specifications;
}
