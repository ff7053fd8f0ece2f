/** The setting that cannot be used. */
export class SettingFault extends Error {
  override readonly name = 'SettingFault';
  /** Without `buildstream.`. */
  readonly setting: string;

  constructor(setting: string) {
    super(setting);
    this.setting = setting;
  }
}
