/** What the company has and what ships with the product, for references that lead out of the document. Kinds that are not given are not checked. */
export interface CompanyFacts {
  readonly queue?: ReadonlySet<string>;
  readonly script?: ReadonlySet<string>;
  readonly telephone?: ReadonlySet<string>;
  readonly schedule?: ReadonlySet<string>;
  readonly voicemailBox?: ReadonlySet<string>;
  /** The flows that can run as sub-flows. */
  readonly flow?: ReadonlySet<string>;
  /** The announcements that ship with the product, by name. */
  readonly builtIn?: ReadonlySet<string>;
}
