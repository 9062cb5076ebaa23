// CloudFront Function (cloudfront-js-2.0): from the address of a page to the object in the bucket.
const rules = SITE_RULES;

function handler(event) {
  const request = event.request;
  const path = request.uri;
  if (path.startsWith(rules.assets) || rules.files.includes(path)) return request;
  const address = addressOf(path);
  const object = objectOf(address);
  if (!object) {
    request.uri = rules.notFound;
  } else if (address !== path) {
    return {
      statusCode: 301, statusDescription: 'Moved Permanently',
      headers: { location: { value: address + queryOf(request) } },
    };
  } else {
    request.uri = object;
  }
  return request;
}

// `/dashboard/` and `/dashboard.html` are the page `/dashboard`.
function addressOf(path) {
  const address = path.replace(/\/+$/, '').replace(/\.html$/, '');
  return address === '' || address === '/index' ? '/' : address;
}

function objectOf(address) {
  const exact = rules.pages[address];
  if (exact && address.indexOf('*') < 0) return exact;
  const end = address.lastIndexOf('/');
  return address.length > end + 1 ? rules.pages[address.slice(0, end) + '/*'] : undefined;
}

function queryOf(request) {
  const parts = [];
  for (const name in request.querystring) {
    const entry = request.querystring[name];
    const values = entry.multiValue ? entry.multiValue : [entry];
    for (const each of values) parts.push(each.value === '' ? name : name + '=' + each.value);
  }
  return parts.length ? '?' + parts.join('&') : '';
}
