import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { inspect } from 'node:util';
import { matchesHost, namesHost, parseHost, type HostRule } from '@omnia-buildstream/http/hosts/hostPattern';

/** User and password of BMCs. Printing or serializing it reveals neither. */
export class Credential {
  /** Its origin, for people: "environment", "10.6.*". */
  readonly label: string;
  readonly #user: string;
  readonly #password: string;

  constructor(label: string, user: string, password: string) {
    this.label = label;
    this.#user = user;
    this.#password = password;
    secretsInUse.addLogin(user, password);
  }

  /** Only for the request that logs in. */
  reveal(): { readonly user: string; readonly password: string } {
    return { user: this.#user, password: this.#password };
  }

  /** Whether the text contains the password. */
  isIn(text: string): boolean {
    return this.#password !== '' && text.includes(this.#password);
  }

  toJSON(): string {
    return `[credential ${this.label}]`;
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}

/**
 * Finds the credential of a BMC: in SecretStorage, in the environment, or by asking the user. Undefined if there is
 * none.
 */
export type CredentialSource = (address: string, signal: AbortSignal) => Promise<Credential | undefined>;

/**
 * Credentials by host pattern; the first that names the BMC applies. A pattern such as `*` applies only to IP addresses
 * that the user has seen and agreed to: a cell of a mapping file alone is not enough. A hostname gets a credential only
 * if it is spelled out.
 */
export function credentialsByHost(rules: readonly HostRule<Credential>[], agreed: readonly string[]): CredentialSource {
  const shown = new Set(agreed);
  return (address) => {
    const mayHave = ({ hosts }: HostRule<Credential>): boolean =>
      namesHost(hosts, address) || (matchesHost(hosts, address) && isAddress(address) && shown.has(address));
    return Promise.resolve(rules.find(mayHave)?.value);
  };
}

function isAddress(host: string): boolean {
  const kind = parseHost(host)?.kind;
  return kind === 'ipv4' || kind === 'ipv6';
}
