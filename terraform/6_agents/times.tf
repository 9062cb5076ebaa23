# Who may hold what for how long: function timeout < lease < the time a queue hides a message. A lease that ended before
# its function would let a second one do the same work; a message that came back before the lease ended would find the
# job still claimed, and use up one of its deliveries.

locals {
  planner_timeout = 900
  planner_lease   = local.planner_timeout + 5
  visibility      = local.planner_lease + 5

  section_timeout = 300
  section_lease   = local.section_timeout + 5
}
