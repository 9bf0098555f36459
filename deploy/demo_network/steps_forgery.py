"""Last part of the demo: somebody with a stolen key lies, and nothing comes of it."""

from demo_network.figures import rows_of, table_of
from demo_network.forger import Forger, alter, knock
from demo_network.waiting import wait_until

AUTHOR = "de-bonn"
TARGET = "it-turin"  # whose node hears the lies
THIEF = "fi-authority"  # whose key was stolen
WITNESS = "de-dresden"  # where the thief reads what is true
CELL = "1.2.2/unemployment-rate#total"
ADDED = "; the rate is derived, Eurostat does not publish it in this form"


def tell_forgery(story):
    network = story.network
    target, thief = story.node(TARGET), story.node(THIEF)
    with story.tell.step("While Turin's node is off, Bonn corrects its newest year: a note says how it was derived") as step:
        target.stop()
        thief.stop()
        row = correct(story)
        step.note(f"{row['year']}: {row['value']} percent stays, revision 2 of the set")
        network.wait_in_step()
    others = [node for node in network.running()]
    true_unit = network.files / "bonn.unit"
    head = indicators_head(story.node(AUTHOR))
    with story.tell.step("A thief with the key of Finland's authority reads the signed correction from Dresden's node"):
        with Forger(network.programs, thief.folder, story.node(WITNESS).address) as forger:
            feed = forger.feed_with_head(head[1])
            forger.fetch(feed, head[0], true_unit)
    for node in others:
        node.freeze()
    try:
        network.start([target])
        tell_lies(story, row, feed, head[0], true_unit)
    finally:
        for node in others:
            node.thaw()
    with story.tell.step("The others are back; Turin is in step with all of them"):
        network.start([thief])
        network.wait_in_step()
    with story.tell.step("A key that nobody listed does not get past the handshake") as step:
        knocked = knock(network.programs, target.address)
        if knocked["ok"]:
            raise AssertionError("a stranger was let in")
        step.show(f"all that the stranger hears: {knocked['why']}")


def correct(story):
    """Publishes the newest year again with a longer note; returns the row as it was before."""
    author = story.node(AUTHOR)
    row = rows_of(AUTHOR)[-1]
    path = story.network.files / "bonn-correction.csv"
    path.write_bytes(table_of([{**row, "note": row["note"] + ADDED}]))
    author.ask("indicators", "import", path)
    sets = author.ask("indicators", "publish", "--year", row["year"], "--reason", "says that the rate is derived")
    published = sets[0] if isinstance(sets, list) else sets
    if published["revision"] != 2:
        raise AssertionError(f"the correction is revision {published['revision']}, not 2")
    return row


def indicators_head(node, slug=AUTHOR):
    """(length, head) of the indicators of `slug` on this node."""
    return next(end for (_, collection, _), end in node.heads(slug).items() if collection == "indicators")


def tell_lies(story, row, feed, sequence, true_unit):
    """All other nodes stand still, so that the thief is the only one Turin can hear."""
    network = story.network
    target = story.node(TARGET)
    before = shown_of_bonn(target)
    altered, smoothed = network.files / "altered.unit", network.files / "smoothed.unit"
    false_value = row["value"][:-1] + str((int(row["value"][-1]) + 1) % 10)
    alter(network.programs, ["value", row["value"], false_value], true_unit, altered)
    alter(network.programs, ["hashes"], altered, smoothed)
    with Forger(network.programs, story.node(THIEF).folder, target.address) as forger:
        with story.tell.step(f"The thief offers Turin the correction with {false_value} for {row['value']}: refused") as step:
            step.show(refusal(target, lambda: forger.send(altered)))
        with story.tell.step("The same with every hash computed anew, so that only the signature is wrong: refused") as step:
            step.show(refusal(target, lambda: forger.send(smoothed)))
        with story.tell.step("A checkpoint of Bonn's feed that Bonn did not sign: refused") as step:
            step.show(refusal(target, lambda: forger.false_checkpoint(feed, sequence + 1)))
        with story.tell.step("Turin shows of Bonn what it showed before; not a byte has changed"):
            if shown_of_bonn(target) != before:
                raise AssertionError("Turin's node shows something else than before")
        with story.tell.step("The unaltered bytes are taken from anybody, even from the thief") as step:
            forger.send(true_unit)
            forger.await_ack(feed, sequence)
            wait_until("the correction in Turin's view", lambda: noted(target))
            step.note("what counts is Bonn's signature, not who brings it")


def refusal(node, lie):
    """Lets `lie` happen and returns what the node says of it, in `hansa peers`."""
    before = last_error(node)
    lie()
    wait_until("the refusal", lambda: last_error(node) not in (before, None))
    return f"`hansa peers` on Turin's node: {last_error(node)}"


def last_error(node):
    for peer in node.ask("peers"):
        if peer["member"] == THIEF and peer["last_error"]:
            return peer["last_error"]
    return None


def shown_of_bonn(node):
    return node.ask("indicators", "show", "--member", AUTHOR), node.heads(AUTHOR)


def noted(node):
    return any(ADDED in (shown["note"] or "") for shown in node.ask("indicators", "show", "--member", AUTHOR)
               if shown["cell"] == CELL)
