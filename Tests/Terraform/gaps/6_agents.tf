# moto forgets RedriveAllowPolicy, and the provider waits for it until its time is over; terraform test covers it.
resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  count = 0
}
