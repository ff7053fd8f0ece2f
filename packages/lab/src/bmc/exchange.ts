/** A request to a lab BMC and its response, without the HTTP around them. */
export interface LabRequest {
  readonly method: string;
  /** Without query and trailing slash. */
  readonly path: string;
  readonly token: string | undefined;
  /** From the Authorization header, decoded. */
  readonly basic: { readonly user: string; readonly password: string } | undefined;
  readonly ifMatch: string | undefined;
  readonly isJson: boolean;
  /** From the OData-Version header. */
  readonly odataVersion?: string | undefined;
  readonly body: unknown;
}

export interface LabAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
