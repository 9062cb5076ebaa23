# The built site. Nobody but CloudFront reads it; `alex deploy` writes it.

resource "aws_s3_bucket" "site" {
  #checkov:skip=CKV_AWS_18:Only CloudFront reads it; a log of its reads would need a bucket of its own and tell nothing new
  #checkov:skip=CKV_AWS_144:The site is built from the repository in a second; a copy elsewhere would be one more thing to keep right
  #checkov:skip=CKV_AWS_145:The files are public by way of CloudFront; a key would keep nothing secret
  #checkov:skip=CKV2_AWS_62:Nothing waits for files to change; alex deploy invalidates what it has written
  bucket = "alex-frontend-${data.aws_caller_identity.current.account_id}"
  # It holds nothing that could not be built again.
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket = aws_s3_bucket.site.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "site" {
  bucket = aws_s3_bucket.site.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "site" {
  bucket = aws_s3_bucket.site.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "site" {
  bucket = aws_s3_bucket.site.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# A month to go back to an earlier site.
resource "aws_s3_bucket_lifecycle_configuration" "site" {
  bucket = aws_s3_bucket.site.id

  rule {
    id     = "earlier-sites"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.site]
}

# Written out instead of read from a data source: that would be read again, and the policy written again, with each change
# of the distribution.
resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in [
        { sid = "CloudFrontReads", action = "s3:GetObject", resource = "${aws_s3_bucket.site.arn}/*" },
        # Without it S3 says "forbidden" of a file that does not exist. The bucket's list itself is out of reach: the
        # address / is rewritten to a page, and queries are not passed on.
        { sid = "CloudFrontSeesWhatIsMissing", action = "s3:ListBucket", resource = aws_s3_bucket.site.arn },
        ] : {
        Sid       = statement.sid
        Effect    = "Allow"
        Principal = { Service = "cloudfront.amazonaws.com" }
        Action    = statement.action
        Resource  = statement.resource
        Condition = { StringEquals = { "aws:SourceArn" = aws_cloudfront_distribution.site.arn } }
      }
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.site]
}
