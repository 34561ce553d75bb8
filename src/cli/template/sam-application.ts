import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isList, type Json } from '../../contract/shared/json.ts';
import { LOG_RETENTION_DAYS } from '../../contract/shared/log-retention.ts';
import { NAME_PREFIX_RULE } from '../../contract/shared/name-prefix.ts';
import { WORKFLOW_NAME_PREFIX } from '../../contract/shared/tuner.ts';
import { PACKAGE_FOLDER } from './built-parts.ts';
import type { Deployment } from './deployment.ts';
import type { Named } from './expand-statements.ts';
import { fillTemplate } from './fill-template.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import { changeResources, expireAfter, type Template } from './template.ts';
import type { FolderFile } from './write-folder.ts';
import { SYNTHESIZED_NAMES } from './workflow-names.ts';

/** As many functions, or patterns of names, as the application takes. */
const MOST_FUNCTIONS = 10;

const REF = (parameter: string): Json => ({ Ref: parameter });

/**
 * Returns the template as an application for the Serverless Application Repository: published once, for
 * accounts that nobody knows yet, so what a deployment names is a parameter.
 */
export function samApplication(plain: Template, nothingNamed: Deployment): Template {
  const filled = fillTemplate(plain, nothingNamed, [FUNCTIONS, ...NOTHING]);
  let resources = changeResources(filled.Resources, 'AWS::Lambda::Function', (properties) => ({
    ...properties,
    Architectures: [REF('Architecture')],
  }));
  resources = changeResources(resources, 'AWS::Logs::LogGroup', (properties) => ({
    ...properties,
    RetentionInDays: REF('LogRetentionDays'),
  }));
  resources = changeResources(resources, 'AWS::S3::Bucket', (bucket) =>
    expireAfter(bucket, REF('ResultsRetentionDays')),
  );
  return {
    AWSTemplateFormatVersion: filled.AWSTemplateFormatVersion,
    Transform: 'AWS::Serverless-2016-10-31',
    Description: filled.Description,
    Metadata: { 'AWS::ServerlessRepo::Application': applicationOf(filled.Description) },
    Parameters: PARAMETERS,
    Resources: nameByParameter(resources) as Template['Resources'],
    Outputs: filled.Outputs,
  };
}

/** The application's licence and description, as its metadata names them. */
export function samFiles(): readonly FolderFile[] {
  const read = (name: string): string => readFileSync(path.join(PACKAGE_FOLDER, name), 'utf8');
  return [
    { name: 'LICENSE.txt', content: read('LICENSE') },
    { name: 'README.md', content: read('docs/application.md') },
  ];
}

/**
 * A template has no loop, so that each statement names ten resources. They are the ten first of the list said
 * ten times: every function that it holds, some of them more than once, which IAM allows.
 */
const FUNCTIONS: Named = {
  placeholder: PLACEHOLDERS.function,
  arnsFor: (text) =>
    Array.from({ length: MOST_FUNCTIONS }, (_, index) => ({
      'Fn::Sub': [
        text.replace(PLACEHOLDERS.function, '${Name}'),
        { Name: { 'Fn::Select': [index, { 'Fn::Split': [',', THE_LIST_TEN_TIMES] }] } },
      ],
    })),
};

const THE_LIST_TEN_TIMES: Json = {
  'Fn::Sub': Array.from({ length: MOST_FUNCTIONS }, () => '${Functions}').join(','),
};

const NOTHING: readonly Named[] = [
  PLACEHOLDERS.processor,
  PLACEHOLDERS.logGroup,
  PLACEHOLDERS.payloadBucket,
  PLACEHOLDERS.queue,
].map((placeholder) => ({ placeholder, arnsFor: () => [] }));

const PARAMETERS: { readonly [name: string]: Json } = {
  Functions: {
    Type: 'String',
    Description: `The functions that may be tuned: at most ${MOST_FUNCTIONS} names, separated by commas; orders-* is a pattern, * is all`,
    AllowedPattern: `[\\w*-]{1,64}(,[\\w*-]{1,64}){0,${MOST_FUNCTIONS - 1}}`,
    ConstraintDescription: `at most ${MOST_FUNCTIONS} names of functions, separated by commas, without spaces`,
  },
  NamePrefix: {
    Type: 'String',
    Description: 'What the names of the state machines and their functions begin with',
    Default: WORKFLOW_NAME_PREFIX,
    AllowedPattern: '[A-Za-z][A-Za-z0-9-]{0,39}',
    ConstraintDescription: NAME_PREFIX_RULE,
  },
  Architecture: {
    Type: 'String',
    Description: "The architecture of the stages' own functions; what they tune may have either",
    Default: 'arm64',
    AllowedValues: ['arm64', 'x86_64'],
  },
  LogRetentionDays: {
    Type: 'Number',
    Description: 'How long logs are kept',
    Default: 30,
    AllowedValues: [...LOG_RETENTION_DAYS],
  },
  ResultsRetentionDays: {
    Type: 'Number',
    Description: 'How long results are kept',
    Default: 90,
    MinValue: 1,
  },
};

/** Lets every name begin with the parameter. */
function nameByParameter(value: Json): Json {
  if (typeof value === 'string') {
    const text = withParameter(value);
    return text === value ? value : { 'Fn::Sub': text };
  }
  if (isList(value)) return value.map(nameByParameter);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'Fn::Sub' && typeof inner === 'string'
        ? withParameter(inner)
        : nameByParameter(inner),
    ]),
  );
}

function withParameter(text: string): string {
  const { tune, check } = SYNTHESIZED_NAMES;
  const named = (name: string): string => name.replace(WORKFLOW_NAME_PREFIX, '${NamePrefix}');
  return text.replaceAll(tune, named(tune)).replaceAll(check, named(check));
}

/** See "AWS SAM template Metadata section properties" in the SAM guide (2026-11). */
function applicationOf(description: string): Json {
  const { version, license, homepage, repository } = JSON.parse(
    readFileSync(path.join(PACKAGE_FOLDER, 'package.json'), 'utf8'),
  ) as {
    readonly version: string;
    readonly license: string;
    readonly homepage: string;
    readonly repository: { readonly url: string };
  };
  return {
    Name: 'powerdial',
    Description: description,
    Author: 'powerdial',
    SpdxLicenseId: license,
    LicenseUrl: 'LICENSE.txt',
    ReadmeUrl: 'README.md',
    Labels: ['lambda', 'memory', 'timeout', 'cost', 'performance', 'tuning'],
    HomePageUrl: homepage,
    SemanticVersion: version,
    SourceCodeUrl: repository.url.replace(/^git\+|\.git$/g, ''),
  };
}
