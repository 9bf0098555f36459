"""The page of every city, and how to come in."""

import http.client

PATIENCE_S = 60.0
OFFICER = "officer"


def page_of(node, path="/"):
    """(status, media type, text) of what the node's own page answers."""
    connection = http.client.HTTPConnection(node.endpoints()["http"], timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type", ""), answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def tell_page(story):
    """Returns whether this build carries a page."""
    with story.tell.step("Every city's page answers") as step:
        answers = story.network.of_all(page_of, story.city_nodes())
        if all(status == 404 and "carries no page" in text for status, _, text in answers):
            step.note("this build carries no page; see node/page/README.md")
            return False
        for node, (status, media_type, text) in zip(story.city_nodes(), answers):
            if status != 200 or not media_type.startswith("text/html") or "<script" not in text:
                raise AssertionError(f"{node.slug}: {status} {media_type}: {text[:200]}")
        step.note(f"{len(answers)} pages")
        return True


def links_of(story):
    """[(city, address)]: where an officer of each city chooses a password and is in; each works once."""

    def link(node):
        node.do("user", "add", OFFICER, "--role", "administrator")
        return node.place.name, node.ask("user", "link", OFFICER)["link"]

    return story.network.of_all(link, story.city_nodes())
