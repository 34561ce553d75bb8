import fc from 'fast-check';

/*
 * The examples of laws are the same in every run, so that a change is judged by what it changed and not by the
 * luck of a day. With POWERDIAL_NEW_EXAMPLES=1 they are new ones: a release and a run every week look for those
 * that break a law (.github/workflows).
 */
if (process.env['POWERDIAL_NEW_EXAMPLES'] !== '1') {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_129 });
}
