import { ServerError } from "../components/ServerError";

export default function ServerErrorPage() {
  return <ServerError />;
}
