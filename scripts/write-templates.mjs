// Synthesizes the CDK app's stack once for each kind of deployment, for `powerdial template` to fill in: in place
// of names stand those of src/cli/template/placeholders.ts. What comes out is plain CloudFormation.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** All kinds in one archive: they are nearly the same, which only a wide window sees. */
const file = at('dist/templates.json.br');
const digestFile = at('dist/templates.sha256');

// Synthesis takes seconds of the processor, and seldom does anything change that it reads.
const inputs = digestOf([
  ...filesIn('dist/infra', '.js'),
  ...filesIn('dist/src/contract', '.js'),
  ...filesIn('state-machine', '.json'),
  ...['package.json', 'package-lock.json', 'cdk.json', 'scripts/write-templates.mjs'],
  'dist/src/cli/template/placeholders.js',
]);
if (!existsSync(file) || !existsSync(digestFile) || readFileSync(digestFile, 'utf8') !== inputs) {
  writeFileSync(file, brotliCompressSync(JSON.stringify(await synthesizeAll())));
  writeFileSync(digestFile, inputs);
}

async function synthesizeAll() {
  const { PLACEHOLDERS: are, VARIANTS } = await import('../dist/src/cli/template/placeholders.js');
  const everywhere = {
    functions: are.function,
    logGroups: are.logGroup,
    processors: are.processor,
    payloadBuckets: are.payloadBucket,
    queues: are.queue,
    permissionsBoundary: are.permissionsBoundary,
    rolePath: are.rolePath,
    alarmTopicArn: are.alarmTopicArn,
  };
  const key = { kmsKeyArn: are.kmsKeyArn };
  const vpc = { vpcId: are.vpcId, subnetIds: are.subnetId };
  const contexts = {
    plain: everywhere,
    key: { ...everywhere, ...key },
    vpc: { ...everywhere, ...vpc },
    'key-and-vpc': { ...everywhere, ...key, ...vpc },
  };
  const templates = {};
  for (const variant of VARIANTS) templates[variant] = plain(await synthesize(contexts[variant]));
  return templates;
}

async function synthesize(context) {
  const { App, DefaultStackSynthesizer } = await import('aws-cdk-lib');
  const { TunerStack } = await import('../dist/infra/tuner-stack.js');
  const { context: flags } = JSON.parse(readFileSync(at('cdk.json'), 'utf8'));
  const folder = mkdtempSync(path.join(tmpdir(), 'powerdial-templates-'));
  try {
    const app = new App({
      outdir: folder,
      context: { ...flags, ...context },
      analyticsReporting: false,
      treeMetadata: false,
      // `npm run synth` has the template validated; here it would take eight seconds for each kind.
      builtinCloudFormationValidation: false,
    });
    // No parameter and no rule that ask for a bootstrapped account.
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const stack = new TunerStack(app, 'powerdial', { synthesizer });
    return app.synth().getStackByName(stack.stackName).template;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the template with the code beside it, and with ARNs as a person would write them. */
function plain(template) {
  const { Resources, ...rest } = template;
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::Lambda::Function') Properties.Code = 'stages.zip';
  }
  return { AWSTemplateFormatVersion: '2010-09-09', ...rest, Resources: spelled(Resources) };
}

/** Turns `Fn::Join` of pseudo parameters, and parts cut out of one, into `Fn::Sub` or a plain text. */
function spelled(value) {
  if (Array.isArray(value)) return value.map(spelled);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, spelled(each)]),
  );
  const [[name, argument] = ['', null], ...more] = Object.entries(inner);
  if (more.length > 0) return inner;
  if (name === 'Fn::Join' && argument[0] === '' && argument[1].every(isText)) {
    return fromText(argument[1].map(textOf).join(''));
  }
  if (name === 'Fn::Select' && isSplitText(argument[1])) {
    const [separator, text] = argument[1]['Fn::Split'];
    return fromText(partsOf(textOf(text), separator)[Number(argument[0])]);
  }
  return inner;
}

function isText(value) {
  return (
    typeof value === 'string' || (value['Ref'] ?? '').startsWith('AWS::') || 'Fn::Sub' in value
  );
}

function textOf(value) {
  return typeof value === 'string' ? value : (value['Fn::Sub'] ?? `\${${value['Ref']}}`);
}

function fromText(text) {
  return text.includes('${') ? { 'Fn::Sub': text } : text;
}

function isSplitText(value) {
  return 'Fn::Split' in value && isText(value['Fn::Split'][1]);
}

/** Splits at a separator that stands outside of `${AWS::…}`. */
function partsOf(text, separator) {
  return text
    .replaceAll(/\$\{AWS::(\w+)\}/g, '${$1}')
    .split(separator)
    .map((part) => part.replaceAll(/\$\{(\w+)\}/g, '${AWS::$1}'));
}

function digestOf(files) {
  const hash = createHash('sha256').update(process.version);
  for (const each of files) hash.update(each).update(readFileSync(at(each)));
  return hash.digest('hex');
}

function filesIn(folder, extension) {
  return readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => path.join(folder, file));
}
