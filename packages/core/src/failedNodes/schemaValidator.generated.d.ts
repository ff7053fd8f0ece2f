/** One violation of the schema, as ajv reports it. */
export interface SchemaError {
  /** JSON pointer of the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export declare const validate: {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
};
