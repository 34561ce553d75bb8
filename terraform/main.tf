# The tuner as CloudFormation deploys it: one stack, from the template and the code that `powerdial template` wrote.
# So it is the same tuner, with the same permissions, whichever tool deploys it.

data "aws_s3_bucket" "code" {
  bucket = var.bucket
}

locals {
  stages     = "${var.folder}/stages.zip"
  stages_key = "${var.key_prefix}stages-${filesha256(local.stages)}.zip"

  # The template names the code by its file; CloudFormation wants it by its object.
  template = replace(
    file("${var.folder}/template.json"),
    "\"Code\": \"stages.zip\"",
    "\"Code\": ${jsonencode({ S3Bucket = var.bucket, S3Key = local.stages_key })}",
  )
  template_key = "${var.key_prefix}template-${sha256(local.template)}.json"
}

resource "aws_s3_object" "stages" {
  bucket = data.aws_s3_bucket.code.id
  key    = local.stages_key
  source = local.stages
}

resource "aws_s3_object" "template" {
  bucket       = data.aws_s3_bucket.code.id
  key          = local.template_key
  content      = local.template
  content_type = "application/json"
}

resource "aws_cloudformation_stack" "tuner" {
  name         = var.stack_name
  template_url = "https://${data.aws_s3_bucket.code.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_IAM"]
  tags         = var.tags

  depends_on = [aws_s3_object.stages]
}
