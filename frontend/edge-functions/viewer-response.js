// CloudFront Function (cloudfront-js-2.0): the page that says "not found" says so by its status too. Error pages of
// the distribution would hide the web API's own 403 and 404.
const rules = SITE_RULES;

function handler(event) {
  const response = event.response;
  if (event.request.uri === rules.notFound) {
    response.statusCode = 404;
    response.statusDescription = 'Not Found';
  }
  return response;
}
